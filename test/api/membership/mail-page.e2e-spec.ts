import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../apps/api/src/platform/database/index.js';
import { Mailer } from '../../../apps/api/src/platform/mail/index.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { anEmail } from '../../support/builders/membership.js';

describe('the mail of one machine', () => {
  let app: TestApp;
  const send = async (subject: string, text: string, id = newId(), to = anEmail()) =>
    app.nest.get(Mailer, { strict: false }).send({ id, to, subject, text });
  const page = async () => (await fetch(`${app.url}/dev/mail`)).text();

  beforeAll(async () => {
    app = await startTestApp({ env: { TOUCHMARK_MODE: 'development' } });
  });
  afterAll(async () => {
    await app.stop();
  });

  it('is shown on a page with links that can be followed, and nothing else in it is markup', async () => {
    await send(
      'A & <b>bold</b> claim',
      `Go to ${app.url}/invitation?token=abc-_9\n<script>alert(1)</script>`,
    );
    const html = await page();
    expect(html).toContain(`<a href="${app.url}/invitation?token=abc-_9">`);
    expect(html).not.toMatch(/<script>|<b>/);
  });

  it('is shown newest first, fifty at most', async () => {
    // A millisecond each apart, and later than those before them.
    const idAt = (count: number): string => {
      const time = (Date.now() + 60_000 + count).toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}${newId().slice(13)}`;
    };
    for (let count = 0; count < 51; count += 1) await send(`number ${String(count)}.`, 'text', idAt(count));
    const html = await page();
    expect(html.match(/<article>/g)).toHaveLength(50);
    expect(html.indexOf('number 50.')).toBeLessThan(html.indexOf('number 49.'));
    expect(html).not.toContain('number 0.');
  });

  it('lies in files that only this user reads, once for each mail however often it is sent', async () => {
    const id = newId();
    const word = randomBytes(8).toString('hex');
    await send('Once', `The word is ${word}`, id);
    await send('Once', `The word is ${word}`, id);
    const files = readdirSync(app.mailDir).filter((name) => name.startsWith(id));
    expect(files.sort()).toEqual([`${id}.eml`, `${id}.json`]);
    const file = join(app.mailDir, `${id}.eml`);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`Message-ID: <${id}@127.0.0.1>.*${word}`, 's'));
  });

  it('lets no address or subject add a header', async () => {
    const id = newId();
    await send('Hello\r\nBcc: thief@example.org', 'text', id, 'a@example.org');
    const [head = ''] = readFileSync(join(app.mailDir, `${id}.eml`), 'utf8').split('\r\n\r\n');
    expect(head).not.toMatch(/^Bcc:/m);
  });

  it('has no page outside development', async () => {
    const other = await startTestApp();
    try {
      expect((await fetch(`${other.url}/dev/mail`)).status).toBe(404);
    } finally {
      await other.stop();
    }
  });
});
