import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { z } from 'zod';
import { envelopeOf } from './envelope.js';
import { type Mail, Mailer } from './mailer.js';

const NAME = /^[a-z0-9_-]{1,120}$/i;
const stored = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  sentAt: z.string(),
});

/** A mail as it lies in the folder. */
export type StoredMail = z.output<typeof stored>;

/** Writes mail into a folder instead of sending it: `<id>.eml` for a mail program, `<id>.json` for the local page. */
export class FileMailer extends Mailer {
  private readonly transport = nodemailer.createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
  });

  constructor(
    private readonly directory: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    if (!NAME.test(mail.id)) throw new Error('the id of a mail is not fit for a file name');
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const { message } = await this.transport.sendMail(envelopeOf(mail, this.from));
    if (!Buffer.isBuffer(message)) throw new Error('nodemailer gave a stream; expected a buffer');
    await this.write(`${mail.id}.eml`, message);
    await this.write(`${mail.id}.json`, JSON.stringify({ ...mail, sentAt: new Date().toISOString() }));
  }

  /** The newest mails first, at most `count`. */
  async newest(count: number): Promise<StoredMail[]> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const names = (await readdir(this.directory)).filter((name) => name.endsWith('.json'));
    // An id begins with a UUID version 7, so names sort by time.
    const last = names.sort().reverse().slice(0, count);
    const texts = await Promise.all(last.map((name) => readFile(join(this.directory, name), 'utf8')));
    return texts.map((text) => stored.parse(JSON.parse(text)));
  }

  private async write(name: string, content: string | Buffer): Promise<void> {
    const file = join(this.directory, name);
    // Whole or not at all: the page and the tests read while the worker writes.
    await writeFile(`${file}.part`, content, { mode: 0o600 });
    await rename(`${file}.part`, file);
  }
}
