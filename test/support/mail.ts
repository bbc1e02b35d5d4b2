import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestApp } from './app.js';
import { until } from './until.js';

export interface ReceivedMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** All mail to an address, newest first; the app needs a worker for any to arrive. */
export function mailsTo(app: Pick<TestApp, 'mailDir'>, email: string): ReceivedMail[] {
  return readdirSync(app.mailDir)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .map((name) => JSON.parse(readFileSync(join(app.mailDir, name), 'utf8')) as ReceivedMail)
    .filter((mail) => mail.to === email);
}

/** Waits for the newest mail to an address whose subject contains `subject`. */
export async function nextMail(
  app: Pick<TestApp, 'mailDir'>,
  email: string,
  subject: string,
): Promise<ReceivedMail> {
  return until(`a mail to ${email} about ${subject}`, () => {
    const mail = mailsTo(app, email).find((candidate) => candidate.subject.includes(subject));
    return mail ?? null;
  });
}

/** Waits for the mail about the thing with this id, e.g. an invitation. */
export async function mailAbout(
  app: Pick<TestApp, 'mailDir'>,
  email: string,
  id: string,
): Promise<ReceivedMail> {
  return until(`the mail to ${email} about ${id}`, () => {
    return mailsTo(app, email).find((mail) => mail.id.startsWith(id)) ?? null;
  });
}

/** The token in the link of a mail. */
export function tokenIn(mail: ReceivedMail): string {
  const token = /[?]token=([A-Za-z0-9_-]+)/.exec(mail.text)?.[1];
  if (token === undefined) throw new Error(`Expected a link with a token in: ${mail.text}`);
  return token;
}
