import { Controller, Get, Header, Inject } from '@nestjs/common';
import { FileMailer, type StoredMail } from './file-mailer.js';

const SHOWN = 50;
const URL_IN_TEXT = /https?:\/\/[^\s<>"']+/g;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${String(char.charCodeAt(0))};`);
}

function withLinks(text: string): string {
  const links = text.match(URL_IN_TEXT) ?? [];
  const between = text.split(URL_IN_TEXT).map(escaped);
  return between
    .map((part, index) => {
      const link = links[index];
      return link === undefined ? part : `${part}<a href="${escaped(link)}">${escaped(link)}</a>`;
    })
    .join('');
}

function article(mail: StoredMail): string {
  return `<article><h2>${escaped(mail.subject)}</h2>
<p>To ${escaped(mail.to)}, <time datetime="${escaped(mail.sentAt)}">${escaped(mail.sentAt)}</time></p>
<pre>${withLinks(mail.text)}</pre></article>`;
}

/** The mail of this machine, newest first; there is no such page outside development. */
@Controller('dev/mail')
export class MailPageController {
  constructor(@Inject(FileMailer) private readonly mailer: FileMailer) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  @Header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
  @Header('Referrer-Policy', 'no-referrer')
  async page(): Promise<string> {
    const mails = await this.mailer.newest(SHOWN);
    const list = mails.length === 0 ? '<p>No mail has been written yet.</p>' : mails.map(article).join('\n');
    return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Mail of this machine</title>
<style>body{font-family:system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid;padding:.5rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere}</style></head>
<body><main><h1>Mail of this machine</h1>${list}</main></body></html>`;
  }
}
