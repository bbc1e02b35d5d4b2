import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { aCell, aWorkshop, type TestCell } from '../support/builders/workshops.js';
import { visitOnPhone } from '../support/pages.js';

const DAY_MS = 86_400_000;
// One moment for the whole file, also when midnight comes between.
const NOW = Date.now();

/** The date so many days from today, as a field takes it. */
export const dateIn = (days: number): string => new Date(NOW + days * DAY_MS).toISOString().slice(0, 10);

/** The product with a co-op whose workshop is still to be set up, looked at on a phone. */
export interface SettingsScene {
  readonly app: TestApp;
  readonly browser: Browser;
  readonly coop: TestCoop;
  readonly cell: TestCell;
  readonly admin: TestMember;
  readonly operator: TestMember;
  readonly member: TestMember;
  readonly as: (person: TestMember, path: string, work: (page: Page) => Promise<void>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function aSettingsScene(): Promise<SettingsScene> {
  const [app, browser] = await Promise.all([startTestApp({ worker: true, pages: true }), launchBrowser()]);
  const coop = await aCoop(app, { name: 'Harbour Press' });
  const cell = await aCell(app, await aWorkshop(app, coop), { name: 'Press' });
  const [operator, member] = await Promise.all([
    aMember(app, coop, ['operator']),
    aMember(app, coop, ['member']),
  ]);
  return {
    ...{ app, browser, coop, cell, admin: coop.admin, operator, member },
    as: (person, path, work) => visitOnPhone(browser, app, { person, path: `/${coop.slug}/${path}` }, work),
    stop: async () => {
      await browser.close();
      await app.stop();
    },
  };
}

/** Presses a button of a form on a page without scripts: what it leads to is there, down to its end, when this is over. */
export async function press(page: Page, which: string | Locator): Promise<void> {
  const button = typeof which === 'string' ? page.getByRole('button', { name: which }) : which;
  await Promise.all([page.waitForEvent('framenavigated'), button.click()]);
  await page.waitForLoadState();
}

export const told = (page: Page, words: string): Promise<void> =>
  page.getByRole('status').getByText(words).waitFor();

/** The refusal is read out, and the field that it is about is marked. */
export async function refused(page: Page, words: string | RegExp, field?: string): Promise<void> {
  await page.getByRole('alert').getByText(words).waitFor();
  if (field === undefined) return;
  const marked = page.locator('main [aria-invalid=true]').first();
  expect(await marked.getAttribute('name')).toBe(field);
}
