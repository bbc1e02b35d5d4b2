import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aCoop, type TestCoop } from '../support/builders/membership.js';
import {
  TestTag,
  certifiedPieces,
  registered,
  type TapCode,
  type TestPieces,
} from '../support/builders/taps.js';
import { expectNoSidewaysScroll, openWindow, silentElements } from '../support/pages.js';
import { rawRequest } from '../support/raw-http.js';

const HTML = { accept: 'text/html' };

describe('a tapped piece on its page', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let pieces: TestPieces;

  beforeAll(async () => {
    const env = { REGION_HEADER: 'Cf-IPCountry', CHECKS_PER_MINUTE: '100000' };
    [app, browser] = await Promise.all([startTestApp({ pages: true, env }), launchBrowser()]);
    coop = await aCoop(app);
    pieces = await certifiedPieces(app, coop, 4);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const linkOf = (serial: number, { picc, mac }: TapCode): string =>
    `/01/${pieces.gtin}/21/${String(serial)}?picc=${picc}&mac=${mac}`;
  async function tagIn(serial: number): Promise<TestTag> {
    const tag = new TestTag(app, coop.coopId);
    const input = { coopId: coop.coopId, gtin: pieces.gtin, serial, uid: tag.uid };
    expect((await registered(app, pieces.operator, input)).__typename).toBe('TagRegistered');
    return tag;
  }
  const spentOf = async ({ uid }: TestTag): Promise<number | undefined> => {
    const sql = 'select last_counter from nfc_tag where uid = $1';
    return (await app.database.query<{ last_counter: number }>(sql, [uid]))[0]?.last_counter;
  };
  const scansOf = async (serial: number): Promise<number | undefined> => {
    const sql = 'select coalesce(sum(times), 0)::int as times from scan where serial = $1';
    return (await app.database.query<{ times: number }>(sql, [serial]))[0]?.times;
  };

  it('is not spent by previews, and counted only where a page was opened', async () => {
    const tag = await tagIn(1);
    const link = linkOf(1, tag.code(3));
    for (const method of ['HEAD', 'OPTIONS', 'GET'])
      expect((await rawRequest(app.url, link, { method, headers: HTML })).status).toBeLessThan(300);
    for (const purpose of ['prefetch', 'prefetch;prerender'])
      await rawRequest(app.url, link, { headers: { ...HTML, 'sec-purpose': purpose } });
    await rawRequest(app.url, link, { headers: { accept: 'application/linkset+json' } });
    expect([await spentOf(tag), await scansOf(1)]).toEqual([0, 1]);
  });

  it('is spent by a press, for that browser alone, and a copied link says so', async () => {
    const tag = await tagIn(2);
    const link = linkOf(2, tag.code(5));
    const [mine, theirs] = [
      await openWindow(browser, app, { scripts: false, phone: true }),
      await openWindow(browser, app, { scripts: false, phone: true }),
    ];
    const says = ({ page }: typeof mine, words: string): Promise<void> =>
      page.getByRole('region', { name: 'The tag in the piece' }).filter({ hasText: words }).waitFor();
    const check = ({ page }: typeof mine) => page.getByRole('button', { name: 'Check this tag' });
    // Both have the page before it by one press of either.
    for (const window of [theirs, mine]) {
      await window.page.goto(link);
      await says(window, 'Check it to see whether its code was shown before');
    }
    expect(await spentOf(tag)).toBe(0);
    await expectNoSidewaysScroll(mine.page);
    expect(await silentElements(mine.page)).toEqual([]);
    await check(mine).click();
    await says(mine, 'nobody had shown its code before');
    await mine.page.reload();
    await says(mine, 'nobody had shown its code before');
    expect(await check(mine).count()).toBe(0);
    await check(theirs).click();
    await says(theirs, 'may be a copied link');
    expect(await spentOf(tag)).toBe(5);
    for (const { close } of [mine, theirs]) await close();
  });

  it('says nothing on the page of another piece, and is not spent by a form of another site', async () => {
    const tag = await tagIn(3);
    const code = tag.code(2);
    const other = await rawRequest(app.url, linkOf(4, code), { headers: HTML });
    expect(other.text).toContain('is not registered for this piece');
    const path = linkOf(3, code);
    const posted = await fetch(`${app.url}${path.replace('?', '?/tap&')}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        ...HTML,
        origin: 'https://evil.example',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'a=b',
    });
    expect([posted.status, await spentOf(tag)]).toEqual([403, 0]);
  });

  it('tells the next person in general words when it was opened where it cannot have been', async () => {
    const path = `/01/${pieces.gtin}/21/4`;
    const openedFrom = (country: string) =>
      rawRequest(app.url, path, { headers: { ...HTML, 'cf-ipcountry': country } });
    expect((await openedFrom('DE')).text).not.toContain('too far apart');
    await openedFrom('JP');
    const next = await openedFrom('DE');
    expect(next.text).toContain('places too far apart for one piece');
    expect(next.text).not.toMatch(/Germany|Japan|127[.]0[.]0[.]1/);
    // Each page that was opened counts once, in the country that the proxy wrote.
    const scans = await app.database.query<{ region: string; times: number }>(
      'select region, sum(times)::int as times from scan where serial = 4 and region > $1 group by region order by region',
      [''],
    );
    expect(scans).toEqual([
      { region: 'DE', times: 2 },
      { region: 'JP', times: 1 },
    ]);
  });
});
