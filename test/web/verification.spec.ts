import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { JobRunner } from '../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import {
  aMadeRun,
  allFinal,
  batchesOf,
  bundleOf,
  certificatesOf,
  passAll,
  startPublisher,
} from '../support/builders/certificates.js';
import { aCoop } from '../support/builders/membership.js';
import { START, type TestRun } from '../support/builders/production.js';
import { expectNoSidewaysScroll, openWindow, silentElements } from '../support/pages.js';
import { until } from '../support/until.js';

describe('the verification page', () => {
  let app: TestApp;
  let browser: Browser;
  let publisher: INestApplicationContext | undefined;
  let run: TestRun;
  let bundle: string;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ pages: true }), launchBrowser()]);
    await app.clock.freeze(START);
    const coop = await aCoop(app, { name: 'Harbour Press' });
    const made = await aMadeRun(app, coop, [2, 1]);
    run = made;
    await app.nest.get(JobRunner).start();
    publisher = await startPublisher(app);
    await passAll(app, made);
    const certificates = await until('three anchored certificates', async () => {
      const all = await certificatesOf(app, run.editionId);
      return all.length === 3 && all.every(({ batch_id }) => batch_id !== null) ? all : null;
    });
    await until('the batches to be anchored', async () =>
      (await batchesOf(app, run.editionId)).every(({ state }) => state === 'anchored'),
    );
    await allFinal(app, coop.coopId);
    bundle = await bundleOf(app, certificates[1]?.id ?? '');
  });
  afterAll(async () => {
    await publisher?.close();
    await browser.close();
    await app.stop();
  });

  /** Waits for the page that says so: the one before it has a heading too. */
  const headed = (page: Page, words: RegExp): Promise<void> =>
    page.getByRole('heading', { level: 1 }).filter({ hasText: words }).waitFor();

  it('says the whole verdict on a phone with JavaScript off', async () => {
    const { page, complaints, close } = await openWindow(browser, app, { scripts: false, phone: true });
    await page.goto(`/01/${run.gtin}/21/2`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/GENUINE$/);
    expect(await page.title()).toBe('GENUINE: Heron No. 2 · Touchmark');
    const text = (await page.getByRole('main').textContent()) ?? '';
    expect(text.replace(/\s+/g, ' ')).toContain('No. 2 of 50, final: 3 made');
    const makers = page.getByRole('region', { name: 'Made by' }).getByRole('listitem');
    expect(await makers.count()).toBeGreaterThan(0);
    const editions = page.getByRole('region', { name: 'All editions of this work' }).getByRole('listitem');
    expect((await editions.allTextContents()).join().replace(/\s+/g, ' ')).toContain(
      `Edition of 50 3 made ${run.gtin} this piece’s edition`,
    );
    expect(await page.getByRole('link', { name: 'Claim this piece' }).getAttribute('href')).toBe(
      `/claim#/01/${run.gtin}/21/2`,
    );
    expect(text).toContain('That this object is the one the certificate was made for.');
    expect(await page.getByRole('region', { name: 'How it was made' }).getByRole('listitem').count()).toBe(3);
    await page.getByText('Digests and addresses').click();
    expect(
      await page
        .getByText(/^0x[0-9a-f]{64}$/)
        .first()
        .isVisible(),
    ).toBe(true);
    await expectNoSidewaysScroll(page);
    expect(await silentElements(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('ships no script, and takes at most 40 kB over the line without photos', async () => {
    const { page, close } = await openWindow(browser, app);
    const line = await page.context().newCDPSession(page);
    const addresses = new Map<string, string>();
    const sizes: { readonly address: string; readonly bytes: number }[] = [];
    line.on('Network.responseReceived', ({ requestId, response }) => addresses.set(requestId, response.url));
    line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      sizes.push({ address: addresses.get(requestId) ?? '', bytes: encodedDataLength });
    });
    await line.send('Network.enable');
    await page.goto(`/01/${run.gtin}/21/1`, { waitUntil: 'networkidle' });
    expect(await page.locator('script').count()).toBe(0);
    // HTML, styles, scripts and fonts with their headers, as the server sends them; the icon, which not every browser asks for.
    const icon = await page.locator('link[rel=icon]').getAttribute('href');
    const iconBytes = (await (await fetch(new URL(icon ?? '', page.url()))).arrayBuffer()).byteLength;
    const counted = sizes.filter(({ address }) => !address.includes('/photos/'));
    const bytes = counted.reduce((sum, each) => sum + each.bytes, iconBytes);
    expect(counted.length).toBeGreaterThan(1);
    expect(bytes).toBeLessThanOrEqual(40_000);
    await close();
  });

  it('is compressed by the server for whoever can unpack it', async () => {
    const path = `${app.url}/01/${run.gtin}/21/1`;
    for (const [accept, encoding] of [
      ['br', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await fetch(path, { headers: { 'accept-encoding': accept } });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(await answer.text()).toContain('GENUINE');
    }
  });

  it('gives each file the verdict it deserves', async () => {
    const { page, close } = await openWindow(browser, app, { scripts: false });
    const check = async (text: string): Promise<void> => {
      await page.goto('/verify');
      await page
        .getByLabel('Certificate', { exact: true })
        .setInputFiles({ name: 'piece.json', mimeType: 'application/json', buffer: Buffer.from(text) });
      await page.getByRole('button', { name: 'Check the file' }).click();
    };
    await check(bundle);
    await headed(page, /: GENUINE$/);
    await check(bundle.replace('Heron', 'Egret'));
    await headed(page, /NOT GENUINE$/);
    await check('no certificate at all');
    await headed(page, /NOT GENUINE$/);
    await check('');
    expect(await page.getByRole('alert').textContent()).toContain('empty');
    await check('x'.repeat(950_000));
    expect(await page.getByRole('alert').textContent()).toContain('950 KB');
    await check('x'.repeat(5_000_000));
    await headed(page, /^That is too large$/);
    await close();
  });

  it('finds a piece by the two numbers on it, and says what is wrong with others', async () => {
    const { page, close } = await openWindow(browser, app, { scripts: false });
    await page.goto('/verify');
    await page.getByLabel('GTIN').fill(run.gtin);
    await page.getByLabel('Serial').fill('0');
    await page.getByRole('button', { name: 'Check the piece' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('from 1 on');
    expect(await page.getByLabel('GTIN').inputValue()).toBe(run.gtin);
    await page.getByLabel('Serial').fill('3');
    await page.getByRole('button', { name: 'Check the piece' }).click();
    await headed(page, /: GENUINE$/);
    const unknown = await page.goto(`/01/${run.gtin}/21/9`);
    expect(unknown?.status()).toBe(404);
    expect(await page.getByText('No certificate of serial 9 was issued in this edition.').count()).toBe(1);
    const whole = await page.getByRole('main').innerText();
    expect(whole).toContain('This is no proof for the piece.');
    expect(whole).not.toMatch(/says nothing against|try again later/);
    const answer = await page.goto(`/01/${run.gtin}/21/07`);
    expect(answer?.status()).toBe(400);
    await close();
  });

  it('lets whoever opened the seal of another piece open the right one', async () => {
    const { page, close } = await openWindow(browser, app, { phone: true });
    await page.goto(`/claim#/01/${run.gtin}/21/2/${'11'.repeat(32)}`);
    await page.getByRole('alert').getByText('not that of this certificate').waitFor();
    await page.getByRole('button', { name: 'Open another seal' }).click();
    await page.getByLabel('Or paste its address').waitFor();
    expect(await page.evaluate<string>('JSON.stringify(sessionStorage)')).not.toContain('11'.repeat(32));
    await page.reload();
    await page.getByLabel('Or paste its address').waitFor();
    await close();
  });

  it('hands the certificate out as the bytes that a verifier accepts', async () => {
    const { page, close } = await openWindow(browser, app);
    await page.goto(`/01/${run.gtin}/21/2`);
    const href = await page
      .getByRole('link', { name: 'Download the certificate as a file' })
      .getAttribute('href');
    const answer = await fetch(`${app.url}${href ?? ''}`);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(await answer.text()).toBe(bundle);
    await close();
  });
});
