import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aMadeRun, passAll } from '../support/builders/certificates.js';
import { aCoop, type TestCoop } from '../support/builders/membership.js';
import { anOpenDrop } from '../support/builders/orders.js';
import { START } from '../support/builders/production.js';
import { openWindow } from '../support/pages.js';

const PAY = 'You pay now.';
const PASS = 'Each piece passes inspection';
const GET = 'You get it';

describe('the page of a drop', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ pages: true }), launchBrowser()]);
    await app.clock.freeze(START);
    coop = await aCoop(app);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  /** The words of the page, as somebody reads them who is not signed in. */
  async function words(dropId: string): Promise<string> {
    const { page, close } = await openWindow(browser, app, { scripts: false, phone: true });
    await page.goto(`/${coop.slug}/drops/${dropId}`);
    const text = ((await page.getByRole('main').textContent()) ?? '').replace(/\s+/g, ' ');
    await close();
    return text;
  }
  const toCome = (text: string): string[] => [PAY, PASS, GET].filter((step) => text.includes(step));

  it('says of an open drop all that is to come', async () => {
    const { dropId } = await anOpenDrop(app, coop);
    expect(toCome(await words(dropId))).toEqual([PAY, PASS, GET]);
  });

  it('says of a closed drop only what is still to come', async () => {
    const run = await aMadeRun(app, coop, [2]);
    const making = await words(run.dropId);
    expect(making).toContain('Exactly what was ordered is being made; 0 of 2 pieces have passed so far.');
    expect(toCome(making)).toEqual([PASS, GET]);
    await passAll(app, run);
    const made = await words(run.dropId);
    expect(made).toContain('All that was ordered has been made and passed inspection.');
    expect(made).not.toContain('being made');
    expect(toCome(made)).toEqual([]);
  });
});
