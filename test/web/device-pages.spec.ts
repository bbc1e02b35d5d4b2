import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { certificatesOf } from '../support/builders/certificates.js';
import { aCoop } from '../support/builders/membership.js';
import { certifiedPieces, type TestPieces } from '../support/builders/taps.js';
import { expectNoSidewaysScroll, focusedWords, openWindow, silentElements } from '../support/pages.js';

interface DevicePage {
  readonly path: string;
  readonly heading: string;
  /** What a keyboard has to reach, in this order. */
  readonly controls: readonly string[];
  /** What it says where scripts are not run. */
  readonly without: string;
}

// What runs in the page is text: the tests are compiled for Node, which knows no DOM.
const FOCUS_RING = `(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth);
})()`;
const IN_BODY = 'document.activeElement === document.body';

/** Each stop of the Tab key from the top of the page to its end. */
async function stopsOf(page: Page): Promise<{ readonly words: string; readonly ring: number }[]> {
  const stops: { readonly words: string; readonly ring: number }[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(IN_BODY)) return stops;
    stops.push({ words: await focusedWords(page), ring: await page.evaluate<number>(FOCUS_RING) });
    if (stops.length > 1 && stops.at(-1)?.words === stops[0]?.words) return stops.slice(0, -1);
  }
  throw new Error('60 presses of Tab did not come to the end of the page.');
}

describe('the pages that work on the device of who reads them', () => {
  let app: TestApp;
  let browser: Browser;
  let pieces: TestPieces;
  let missing: string;
  let pages: readonly DevicePage[];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ pages: true }), launchBrowser()]);
    pieces = await certifiedPieces(app, await aCoop(app, { name: 'Harbour Press' }), 1);
    const [certificate] = await certificatesOf(app, pieces.run.editionId);
    missing = `/certificates/${certificate?.id ?? ''}/missing`;
    pages = [
      {
        path: '/claim',
        heading: 'Claim a piece',
        controls: ['Or paste its address', 'Open the seal', 'Check a piece'],
        without: 'Claiming needs a script',
      },
      {
        path: '/offline',
        heading: 'Check without a network',
        controls: ['Certificate file', 'Text of a dense code', 'Check the code', 'Keep this edition'],
        without: 'Checking on your own device needs a script',
      },
      {
        path: missing,
        heading: 'Report a piece missing',
        controls: ['Back to the piece'],
        without: 'Nobody has claimed this piece',
      },
    ];
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  async function look(page: Page, { path, heading }: DevicePage): Promise<void> {
    const answer = await page.goto(path);
    expect({ path, status: answer?.status(), title: await page.title() }).toEqual({
      ...{ path, status: 200, title: `${heading} · Touchmark` },
    });
    expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual([heading]);
    await expectNoSidewaysScroll(page);
    expect({ path, silent: await silentElements(page) }).toEqual({ path, silent: [] });
  }

  it.each(['light', 'dark'] as const)(
    'fit a phone, name each field, and show a keyboard where it is (%s)',
    async (colorScheme) => {
      const { page, complaints, close } = await openWindow(browser, app, { phone: true });
      await page.emulateMedia({ colorScheme });
      for (const each of pages) {
        await look(page, each);
        await page
          .getByText(each.controls[0] ?? '')
          .first()
          .waitFor();
        const stops = await stopsOf(page);
        expect(stops.filter(({ ring }) => ring < 2)).toEqual([]);
        const words = stops.map((stop) => stop.words);
        const places = each.controls.map((control) => words.findIndex((said) => said.includes(control)));
        expect({ path: each.path, places }).toEqual({
          path: each.path,
          places: [...places].sort((a, b) => a - b),
        });
        expect({ path: each.path, words, unreached: places.filter((place) => place < 0) }).toMatchObject({
          unreached: [],
        });
      }
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('say without scripts what to do instead, and fit a phone then too', async () => {
    const { page, close } = await openWindow(browser, app, { scripts: false, phone: true });
    for (const each of pages) {
      await look(page, each);
      const words = page.getByRole('main').locator('p').filter({ hasText: each.without });
      expect({ path: each.path, shown: await words.first().isVisible() }).toEqual({
        ...{ path: each.path, shown: true },
      });
    }
    await close();
  });

  it('are found from where people check a piece', async () => {
    const { page, close } = await openWindow(browser, app, { scripts: false, phone: true });
    await page.goto('/');
    await page.getByRole('link', { name: 'Check a piece' }).first().click();
    await page.getByRole('link', { name: 'Check without a network' }).click();
    await page.getByRole('heading', { level: 1, name: 'Check without a network', exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/offline');
    await close();
  });

  it('report no certificate missing that does not exist', async () => {
    const { page, close } = await openWindow(browser, app, { phone: true });
    const answer = await page.goto('/certificates/01900000-0000-7000-8000-000000000000/missing');
    expect(answer?.status()).toBe(404);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await expectNoSidewaysScroll(page);
    await close();
  });
});
