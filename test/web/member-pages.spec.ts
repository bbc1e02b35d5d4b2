import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { aFloor } from '../support/builders/production.js';
import { openWindow, signInByForm, visitOnPhone, type Window } from '../support/pages.js';
import { until } from '../support/until.js';

const DAY_MS = 86_400_000;
// Counted from one moment for the whole file, also when midnight comes between.
const NOW = Date.now();
const dayAhead = (days: number): string => new Date(NOW + days * DAY_MS).toISOString().slice(0, 10);

describe('the pages around the calendar', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let member: TestMember;
  let operator: TestMember;
  const windows: Window[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ worker: true, pages: true }), launchBrowser()]);
    coop = await aCoop(app, { name: 'Harbour Press' });
    await aFloor(app, coop);
    member = await aMember(app, coop);
    operator = await aMember(app, coop, ['member', 'operator']);
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await browser.close();
    await app.stop();
  });

  async function open(who: TestMember, path: string): Promise<Page> {
    const window = await openWindow(browser, app);
    windows.push(window);
    await signInByForm(window.page, who, '/notices');
    await window.page.goto(path);
    return window.page;
  }
  async function book(page: Page, cell: string, day: string, start: string): Promise<void> {
    await page.goto(`/${coop.slug}/calendar?day=${day}`);
    await page.getByLabel('Cell', { exact: true }).selectOption({ label: cell });
    await page.getByLabel('Start').fill(start);
    await page.getByLabel('Length').selectOption({ label: '2 h' });
    await page.getByRole('button', { name: 'Hold for 15 minutes' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page
      .getByRole('status')
      .getByText(/^Booked\./)
      .waitFor();
  }

  it('plan a series from the calendar’s choice, take the alternative of what conflicts, book all but what is left out, and cancel it', async () => {
    const page = await open(operator, `/${coop.slug}/calendar`);
    await book(page, 'Bench', dayAhead(8), '10:00');
    const theirs = await open(member, `/${coop.slug}/calendar?day=${dayAhead(1)}&start=10:00&minutes=120`);
    await theirs.getByRole('link', { name: 'Book a series' }).click();
    await theirs.waitForURL(/series/);
    await theirs.getByLabel('Cell', { exact: true }).selectOption({ label: 'Bench' });
    await until(
      'the choice to be taken over',
      async () => (await theirs.getByLabel('Start').inputValue()) === '10:00',
    );
    await theirs.getByLabel('How many times').fill('3');
    await theirs.getByRole('button', { name: 'See what is free' }).click();
    const plan = theirs.getByRole('region', { name: 'What is free' });
    await plan.getByText('2 of 3 are free').waitFor();
    await plan.getByText(/Nearest: .* on Bench 1\./).waitFor();
    expect(await plan.getByLabel('leave out').nth(1).isChecked()).toBe(true);
    const alternative = plan.getByRole('button', { name: /^Take .* instead$/ });

    // One press takes the alternative, and the report is made anew; what was ticked stays ticked. It can be put back.
    await plan.getByLabel('leave out').nth(2).check();
    await alternative.click();
    await plan.getByText('3 of 3 are free').waitFor();
    expect(await plan.getByLabel('leave out').nth(1).isChecked()).toBe(false);
    expect(await plan.getByLabel('leave out').nth(2).isChecked()).toBe(true);
    await plan.getByText(/^instead of .*, 10:00$/).waitFor();
    await plan.getByRole('button', { name: 'Put it back' }).click();
    await plan.getByText('2 of 3 are free').waitFor();
    await alternative.click();
    await plan.getByText('3 of 3 are free').waitFor();

    // Somebody takes that time meanwhile: nothing is booked, and the plan says what else would do.
    const [row = ''] = await plan.getByRole('listitem').filter({ hasText: 'instead of' }).allTextContents();
    const [, start = ''] = /, (\d\d:\d\d)–/.exec(row) ?? [];
    await book(page, 'Bench', dayAhead(8), start);
    await plan.getByRole('button', { name: 'Book all that is not left out' }).click();
    await plan.getByRole('alert').getByText('nothing was booked').waitFor();
    await alternative.click();
    await plan.getByText('3 of 3 are free').waitFor();
    expect(await plan.getByLabel('leave out').nth(2).isChecked()).toBe(true);
    await plan.getByRole('button', { name: 'Book all that is not left out' }).click();
    await theirs.getByRole('status').getByText('Booked. 96.00 EUR was charged').waitFor();
    const mine = theirs.getByRole('region', { name: 'My series' });
    await mine.getByText('2 of 2 to come').waitFor();
    await mine.getByRole('button', { name: 'Cancel what is to come' }).click();
    await theirs.getByRole('status').getByText('2 bookings are cancelled.').waitFor();
  });

  it('say in a series’ form what an impossible rule lacks', async () => {
    const page = await open(member, `/${coop.slug}/series?day=${dayAhead(1)}&start=10:00&minutes=120`);
    await page.getByText('A rule of my own').click();
    await page.getByLabel('RRULE').fill('FREQ=SECONDLY;COUNT=3');
    await page.getByRole('button', { name: 'See what is free' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('RRULE').inputValue()).toBe('FREQ=SECONDLY;COUNT=3');
  });

  it('make a feed whose address is shown once, give it a new one, and revoke it', async () => {
    const page = await open(member, `/${coop.slug}/feeds`);
    const address = async (): Promise<string> =>
      (await page.getByText(/\/feeds\/[\w-]+\.ics$/).textContent()) ?? '';
    await page.getByRole('button', { name: 'Make a feed of my bookings' }).click();
    await page.getByText('It is shown this once.').waitFor();
    const first = await address();
    const read = async (url: string): Promise<number> =>
      (await fetch(new URL(new URL(url).pathname, app.url))).status;
    expect(await read(first)).toBe(200);
    await page.getByRole('button', { name: 'New address' }).click();
    await page.getByText('It is shown this once.').waitFor();
    const second = await address();
    expect(second).not.toBe(first);
    expect([await read(first), await read(second)]).toEqual([404, 200]);
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('status').getByText('Revoked').waitFor();
    expect(await read(second)).toBe(410);
    await page.getByText(/\.ics$/).waitFor({ state: 'detached' });
  });

  it('take a station out of service, say what moved, tell the owner by the bell, and give it back', async () => {
    const theirs = await open(member, `/${coop.slug}/calendar`);
    await book(theirs, 'Print', dayAhead(3), '09:00');
    const booked = await theirs
      .getByRole('listitem', { name: /^Print \d, .*, 09:00 to 11:00$/ })
      .getAttribute('aria-label');
    const station = /^Print \d/.exec(booked ?? '')?.[0] ?? '';
    const page = await open(operator, `/${coop.slug}/day?date=${dayAhead(3)}`);
    await page.getByText('Take a station out of service').click();
    await page.getByLabel('Station', { exact: true }).selectOption({ label: station });
    const form = page.getByRole('region', { name: 'Out of service' });
    await form.getByLabel('Reason').fill('The drum leaks');
    await page.getByRole('button', { name: 'Take it out of service' }).click();
    await page.getByRole('status').getByText('1 moved, 0 left').waitFor();

    const bell = theirs.getByRole('link', { name: /^Notices, 1 unread$/ });
    await bell.waitFor();
    await bell.click();
    await theirs.getByRole('button', { name: 'Mark all as read' }).click();
    await theirs.getByRole('link', { name: 'Notices, none unread' }).waitFor();

    const out = page.getByRole('listitem', { name: `${station} out of service` });
    await out.getByRole('button', { name: 'Return to service' }).click();
    await page.getByRole('status').getByText('The station is in service again.').waitFor();
    await out.waitFor({ state: 'detached' });
  });

  it('cancel the booking of a member with a reason, on a phone without scripts', async () => {
    const page = await open(member, `/${coop.slug}/calendar`);
    await book(page, 'Bench', dayAhead(6), '12:00');
    const visit = { person: operator, path: `/${coop.slug}/day` };
    await visitOnPhone(browser, app, visit, async (theirs) => {
      await theirs.goto(`/${coop.slug}/day?date=${dayAhead(6)}`);
      const task = theirs.getByRole('listitem', { name: /^Bench 1, 12:00/ });
      await task.getByText('Cancel it for its member').click();
      const [reason, button] = [
        task.getByLabel('Reason'),
        task.getByRole('button', { name: 'Cancel the booking' }),
      ];
      await reason.fill(' ');
      await button.click();
      await task.getByRole('alert').waitFor();
      expect(await theirs.getByRole('alert').count()).toBe(1);
      await reason.fill('The fire brigade visits');
      await button.click();
      await theirs
        .getByRole('status')
        .getByText(/^Cancelled\. It costs its member nothing/)
        .waitFor();
      expect(await task.count()).toBe(0);
    });
    await page.goto('/notices');
    await page.getByText('The fire brigade visits').waitFor();
  });

  it('say that nobody came, which frees the rest', async () => {
    const page = await open(member, `/${coop.slug}/calendar`);
    await book(page, 'Bench', dayAhead(5), '12:00');
    const theirs = await open(operator, `/${coop.slug}/day?date=${dayAhead(5)}`);
    const task = theirs.getByRole('listitem', { name: /^Bench 1, 12:00/ });
    const nobody = task.getByRole('button', { name: 'Nobody came' });
    await nobody.click();
    await task.getByRole('alert').waitFor();
    try {
      // Within the booking by the clocks of summer and of winter.
      await app.clock.freeze(new Date(`${dayAhead(5)}T11:30:00Z`));
      await nobody.click();
      await theirs
        .getByRole('status')
        .getByText(/^Nobody came: the rest of the time is free again/)
        .waitFor();
      await task.waitFor({ state: 'detached' });
    } finally {
      await app.clock.release();
    }
  });
});
