import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { coreText, parseBundle } from '@touchmark/certificates';
import type { Browser, Page } from 'playwright-core';
import encodeQr from 'qr';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { bundleOf } from '../support/builders/certificates.js';
import { aProvenEdition, type ProvenEdition } from '../support/builders/pieces.js';
import { expectNoSidewaysScroll, openWindow, silentElements, type Window } from '../support/pages.js';

const NETWORK = `fetch('/health').then(() => 'on', () => 'off')`;

describe('the page that checks without a network', () => {
  let app: TestApp;
  let browser: Browser;
  let edition: ProvenEdition;
  let bundle: string;
  let code: string;
  const requests: string[] = [];

  beforeAll(async () => {
    const env = { CHECKS_PER_MINUTE: '1000' };
    [app, browser] = await Promise.all([startTestApp({ pages: true, env }), launchBrowser()]);
    edition = await aProvenEdition(app, 3);
    bundle = await bundleOf(app, edition.certificates[1]?.id ?? '');
    const read = parseBundle(bundle);
    if (read.kind === 'BundleRefused') throw new Error(read.message);
    code = coreText(read.bundle);
    app.nest.getHttpServer().on('request', ({ url, headers }: IncomingMessage) => {
      // Not the page but the browser looks for a newer worker, by itself and when it likes.
      if (headers['service-worker'] === undefined) requests.push(url ?? '');
    });
  });
  afterAll(async () => {
    await edition.publisher.close();
    await browser.close();
    await app.stop();
  });

  const verdict = async (page: Page): Promise<string> =>
    (await page.getByRole('heading', { level: 2, name: /^Verdict/ }).textContent()) ?? '';
  const paste = async (page: Page, text: string): Promise<void> => {
    await page.getByLabel('Text of a dense code').fill(text);
    await page.getByRole('button', { name: 'Check the code' }).click();
  };
  const choose = (page: Page, text: string): Promise<void> =>
    page
      .getByLabel('Certificate file')
      .setInputFiles({ name: 'piece.json', mimeType: 'application/json', buffer: Buffer.from(text) });

  /** Opens the page while there is a network, keeps the edition when asked, and then opens it again without one. */
  async function withoutNetwork({ page }: Window, keep: boolean): Promise<void> {
    await page.goto(keep ? `/offline?gtin=${edition.run.gtin}` : '/offline');
    if (keep) {
      await page.getByRole('button', { name: 'Keep this edition' }).click();
      await page.getByRole('listitem').filter({ hasText: 'Heron' }).waitFor();
      // Who came from a piece need not look for what they came for.
      expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toBe(
        'Editions on this device',
      );
    }
    await page.getByText('is kept on this device').waitFor();
    await page.context().setOffline(true);
    requests.length = 0;
    await page.goto('about:blank');
    await page.goto('/offline');
    await page.getByRole('heading', { name: 'Editions on this device' }).waitFor();
    expect(await page.evaluate(NETWORK)).toBe('off');
  }

  it('finds a certificate file genuine as of the checkpoint that it keeps, on a phone', async () => {
    const window = await openWindow(browser, app, { phone: true });
    const { page, close } = window;
    await withoutNetwork(window, true);
    await choose(page, bundle);
    expect(await verdict(page)).toMatch(/: GENUINE$/);
    const text = (await page.getByRole('main').textContent()) ?? '';
    expect(text).toMatch(/as of 20\d\d-\d\d-\d\d \d\d:\d\d UTC; what happened since is not known/);
    expect(text).toContain('That this object is the one the certificate was made for.');
    expect(await page.getByRole('region', { name: 'Heron' }).textContent()).toContain('No. 2');
    await expectNoSidewaysScroll(page);
    await choose(page, bundle.replace('Heron', 'Egret'));
    await page.getByRole('heading', { name: 'NOT GENUINE' }).waitFor();
    expect(requests).toEqual([]);
    await close();
  });

  it('judges a dense code, pasted or in a photo, by the checkpoint that it keeps', async () => {
    const window = await openWindow(browser, app);
    const { page, close } = window;
    await withoutNetwork(window, true);
    await paste(page, code);
    expect(await verdict(page)).toMatch(/: GENUINE$/);
    await paste(page, `${code.slice(0, -2)}${code.endsWith('00') ? '11' : '00'}`);
    await page.getByRole('heading', { name: 'NOT GENUINE' }).waitFor();
    const photo = { mimeType: 'image/gif', buffer: Buffer.from(encodeQr(code, 'gif', { scale: 4 })) };
    await page.getByLabel('A photo of the code').setInputFiles({ name: 'code.gif', ...photo });
    await page.getByRole('heading', { name: /: GENUINE$/ }).waitFor();
    await paste(page, 'https://press.example/01/04006381333931/21/2');
    expect(await page.getByRole('alert').textContent()).toContain('needs a network');
    expect(requests).toEqual([]);
    await close();
  });

  it('says of a code what is missing when it keeps no checkpoint of its edition', async () => {
    const window = await openWindow(browser, app, { phone: true });
    const { page, close } = window;
    await withoutNetwork(window, false);
    await paste(page, code);
    expect(await verdict(page)).toMatch(/: UNDETERMINED$/);
    expect(await page.getByRole('note').textContent()).toContain(
      'this device keeps no checkpoint of its edition',
    );
    expect(await silentElements(page)).toEqual([]);
    expect(requests).toEqual([]);
    await close();
  });

  it('takes the proof in a file at a block and an issuer that somebody trusts, and says what is missing before', async () => {
    const window = await openWindow(browser, app);
    const { page, close } = window;
    await withoutNetwork(window, false);
    await choose(page, bundle);
    expect(await verdict(page)).toMatch(/: UNDETERMINED$/);
    const read = parseBundle(bundle);
    const block = read.kind === 'BundleRead' ? (read.provenBlock?.hash ?? '') : '';
    expect(block).not.toBe('');
    expect(await page.getByRole('note').textContent()).toContain(block);
    const trust = async (hash: string): Promise<void> => {
      await page.getByLabel('Hash of the block').fill(hash);
      await page
        .getByLabel('Address of the issuer')
        .fill(read.kind === 'BundleRead' ? read.bundle.issuer : '');
      await page.getByRole('button', { name: 'Check with these' }).click();
    };
    await page.getByText('I trust a block and an issuer').click();
    await trust(`0x${'12'.repeat(32)}`);
    await page.getByRole('note').getByText('not of the trusted').waitFor();
    expect(await verdict(page)).toMatch(/: UNDETERMINED$/);
    await trust(block);
    await page.getByRole('heading', { name: /: GENUINE$/ }).waitFor();
    expect(requests).toEqual([]);
    await close();
  });

  it('keeps no edition that does not exist, and forgets those that it is told to', async () => {
    const { page, complaints, close } = await openWindow(browser, app);
    await page.goto('/offline');
    await page.getByLabel('GTIN of the edition').fill('04006381333931');
    await page.getByRole('button', { name: 'Keep this edition' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('GTIN of the edition').fill(edition.run.gtin);
    await page.getByRole('button', { name: 'Keep this edition' }).click();
    const kept = page.getByRole('listitem').filter({ hasText: 'Heron' });
    await kept.getByText(/^0x[0-9a-f]{64}$/).waitFor();
    await kept.getByRole('button', { name: 'Forget' }).click();
    await page.getByText('None yet.').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
