import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { JobRunner } from '../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import {
  aMadeRun,
  certificatesOf,
  passAll,
  type StoredCertificate,
} from '../support/builders/certificates.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { START } from '../support/builders/production.js';
import { expectNoSidewaysScroll, openWindow, signInByForm } from '../support/pages.js';
import { rawRequest } from '../support/raw-http.js';
import { readCard } from '../support/read-card.js';
import { until } from '../support/until.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('the printed link with pages', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let operator: TestMember;
  let certificate: StoredCertificate;
  let path: string;

  beforeAll(async () => {
    [app, browser] = await Promise.all([
      startTestApp({ pages: true, env: { CHECKS_PER_MINUTE: '12' } }),
      launchBrowser(),
    ]);
    await app.clock.freeze(START);
    coop = await aCoop(app);
    const run = await aMadeRun(app, coop, [1]);
    await app.nest.get(JobRunner).start();
    await passAll(app, run);
    const [first] = await until('a certificate', async () => {
      const all = await certificatesOf(app, run.editionId);
      return all.length === 1 ? all : null;
    });
    if (first === undefined) throw new Error('Expected a certificate.');
    [certificate, path] = [first, `/01/${run.gtin}/21/1`];
    operator = await aMember(app, coop, ['operator']);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  it('answers people with the page, which tells machines where the linkset is', async () => {
    const page = await rawRequest(app.url, path, { headers: { accept: BROWSER } });
    expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.headers.link).toContain(`<${app.url}${path}?linkType=linkset>; rel="linkset"`);
    expect(page.headers.vary).toContain('Accept');
    expect(page.headers['access-control-allow-origin']).toBe('*');
  });

  it('answers machines at the same address, and follows its own links to what they promise', async () => {
    const headers = { accept: 'application/linkset+json' };
    const answer = await rawRequest(app.url, path, { headers });
    expect(answer.headers['content-type']).toBe('application/linkset+json');
    const [context] = (JSON.parse(answer.text) as { linkset: Record<string, unknown>[] }).linkset;
    const links = Object.values(context ?? {}).filter(Array.isArray) as { href: string; type: string }[][];
    expect(links.flat().length).toBeGreaterThan(2);
    for (const { href, type } of links.flat()) {
      const found = await rawRequest(app.url, new URL(href).pathname, { headers: { accept: type } });
      expect([href, found.status, found.headers['content-type']?.split(';')[0]]).toEqual([href, 200, type]);
    }
  });

  it('answers people as machines where a piece was never made: 404, and the page in its own words', async () => {
    for (const never of [path.replace(/1$/, '2'), '/01/04006381333931/21/1'])
      for (const method of ['GET', 'HEAD']) {
        const page = await rawRequest(app.url, never, { method, headers: { accept: BROWSER } });
        expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html']);
        expect(page.headers.link).toBeUndefined();
        if (method === 'GET') expect(page.text).toContain('This is no proof for the piece.');
        // A page in the browser that loads this as its data would take another status for a fault.
        const data = await rawRequest(app.url, `${never}/__data.json`, { method });
        expect(data.status).toBe(200);
        const machine = { method, headers: { accept: 'application/linkset+json' } };
        expect((await rawRequest(app.url, never, machine)).status).toBe(404);
      }
  });

  it('answers for a piece whose record another hand changed, which is no dead link', async () => {
    await app.clock.step(60_000);
    const change = (from: string, to: string): Promise<unknown> =>
      app.database.query('update certificate set document = replace(document, $2, $3) where id = $1', [
        ...[certificate.id, from, to],
      ]);
    await change('Heron', 'Egret');
    const answer = await rawRequest(app.url, path, { headers: { accept: BROWSER } });
    await change('Egret', 'Heron');
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('NOT GENUINE')]);
  });

  it('tells whoever asks too often so, never that there is no such piece', async () => {
    const ask = (asked: string) => rawRequest(app.url, asked, { headers: { accept: BROWSER } });
    // The clock stands, so one minute lasts until it is moved.
    await app.clock.step(60_000);
    let answer = await ask(path);
    for (let asked = 1; asked <= 12 && answer.status === 200; asked += 1) answer = await ask(path);
    for (const limited of [
      answer,
      await ask(path.replace(/1$/, '2')),
      await ask(`/certificates/${certificate.id}/missing`),
      await ask(`/offline/edition?gtin=${path.slice(4, 18)}`),
    ]) {
      expect(limited.status).toBe(429);
      expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(limited.headers['retry-after'])).toBeLessThanOrEqual(60);
      expect(limited.text).toContain('This was not checked, and nothing is known to be wrong');
      expect(limited.text).not.toMatch(/no proof for the piece|Unknown piece|no such/i);
    }
    await app.clock.step(60_000);
    expect((await ask(path)).status).toBe(200);
  });

  it.each([
    '/01/04012345000017/21/1',
    '/01/%zz/21/1',
    '/01/%C3/21/1',
    '/01/04012345000016/21/1%0d%0aSet-Cookie:%20a=b',
    '/01/../../etc/passwd',
    '/01/%2e%2e/%2e%2e',
    '/01//21/',
    '/01/04012345000016/21/1/%00',
    `/01/${'0'.repeat(3000)}/21/1`,
  ])('is no fault of ours at %s, whoever asks', async (asked) => {
    for (const accept of [BROWSER, 'application/linkset+json'])
      for (const method of ['GET', 'HEAD', 'OPTIONS']) {
        const { status, headers } = await rawRequest(app.url, asked, { method, headers: { accept } });
        expect([method, status < 500]).toEqual([method, true]);
        expect(headers['set-cookie']?.join() ?? '').not.toContain('a=b');
      }
  });

  it('has the card of its piece for operators, by one press and without scripts', async () => {
    const { page, close } = await openWindow(browser, app, { scripts: false, phone: true });
    const home = `/${coop.slug}/cards/${certificate.id}`;
    await signInByForm(page, operator, home);
    await expectNoSidewaysScroll(page);
    expect(await page.getByRole('main').textContent()).toContain('Nobody yet.');
    // Whoever prints many must see of which work this card is, and get back to its other pieces.
    const over = page.getByRole('main').getByRole('link').first();
    const title = (await over.textContent()) ?? '';
    expect(title).not.toBe('');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`Card of ${title} No. 1`);
    expect(await over.getAttribute('href')).toMatch(/\/editions\/[0-9a-f-]{36}$/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Make the card' }).click(),
    ]);
    const parts: Buffer[] = [];
    for await (const part of await download.createReadStream()) parts.push(part as Buffer);
    const card = await readCard(Buffer.concat(parts));
    expect(download.suggestedFilename()).toBe('touchmark-card-1.pdf');
    expect(card.codes[0]).toBe(`${app.url}${path}`);
    await page.goto(home);
    const prints = page.getByRole('region', { name: 'Who printed it' }).getByRole('listitem');
    expect(await prints.count()).toBe(1);
    await close();
  });
});
