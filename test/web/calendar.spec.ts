import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { aFloor } from '../support/builders/production.js';
import { aCell, aWorkshop } from '../support/builders/workshops.js';
import {
  expectNoSidewaysScroll,
  focusedWords,
  openWindow,
  signInByForm,
  tabTo,
  type Window,
} from '../support/pages.js';
import { promised } from '../support/proof.js';
import { until } from '../support/until.js';

// One day for the whole file, also when midnight comes between.
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

/** How soon another open calendar shows what happened in this one. */
const SOON_MS = promised(2000);

describe('the calendar', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let [one, other]: TestMember[] = [];
  const windows: Window[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ worker: true, pages: true }), launchBrowser()]);
    coop = await aCoop(app, { name: 'Harbour Press' });
    await aFloor(app, coop);
    [one, other] = [await aMember(app, coop), await aMember(app, coop)];
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await browser.close();
    await app.stop();
  });

  async function calendarOf(member: TestMember | undefined, search = '', phone = false): Promise<Page> {
    if (!member) throw new Error('Expected a member, got none.');
    const window = await openWindow(browser, app, { phone });
    windows.push(window);
    // On a page without a script: a calendar that is left would look again as well, and its answer pass for that of the next.
    await signInByForm(window.page, member);
    // Once it is live it looks again, at what happened since it was loaded.
    const looked = window.page.waitForResponse((answer) => answer.url().includes('__data.json'));
    await window.page.goto(`/${coop.slug}/calendar?day=${TOMORROW}${search}`);
    await looked;
    return window.page;
  }
  const freeTime = (page: Page, station: string): Locator =>
    page.getByRole('link', { name: new RegExp(`^${station} free`) }).filter({ visible: true });
  /** Where a minute of a free window lies on the screen; the windows of these tests last from 08:00 to 20:00. */
  async function at(free: Locator, hour: number, down = false): Promise<[x: number, y: number]> {
    const box = await free.locator('rect').boundingBox();
    if (box === null) throw new Error('Expected free time that can be seen, got none.');
    const part = (hour - 8) / 12;
    return down
      ? [box.x + box.width / 2, box.y + box.height * part]
      : [box.x + box.width * part, box.y + box.height / 2];
  }
  const handle = (page: Page, name: string): Locator =>
    page.getByRole('slider', { name }).filter({ visible: true });
  async function holdByForm(page: Page, start: string): Promise<void> {
    await page.getByLabel('Start').fill(start);
    await page.getByLabel('Length').selectOption({ label: '2 h' });
    await page.getByRole('button', { name: 'Hold for 15 minutes' }).click();
  }

  it('is held in two actions: a drag over free time, and one press', async () => {
    const page = await calendarOf(one, '&view=day');
    const free = freeTime(page, 'Bench 1');
    await page.mouse.move(...(await at(free, 9.1)));
    await page.mouse.down();
    await page.mouse.move(...(await at(free, 10)), { steps: 4 });
    // The hand leaves the narrow track: the drag goes on.
    const [x, y] = await at(free, 11.9);
    await page.mouse.move(x, y + 90, { steps: 4 });
    await page.mouse.up();
    const bar = page.getByRole('form', { name: 'The chosen time' });
    await bar.getByText('09:00–12:00').waitFor();
    await bar.getByRole('button', { name: 'Hold it' }).click();
    const held = page.getByRole('listitem', { name: /^Bench 1, .*, 09:00 to 12:00$/ });
    await held.getByRole('timer').waitFor();
    await held.getByRole('button', { name: 'Release' }).click();
    await held.waitFor({ state: 'detached' });
  });

  it('shows the hold of somebody else a moment later, without being loaded again, and its end', async () => {
    const [mine, theirs] = [await calendarOf(one), await calendarOf(other)];
    const taken = theirs
      .getByRole('img', { name: /^Print \d: taken, 15:00 to 17:00$/ })
      .filter({ visible: true });
    expect(await taken.count()).toBe(0);
    await theirs.getByLabel('Start').fill('17:15');
    await holdByForm(mine, '15:00');
    await mine.getByRole('timer').waitFor();
    await taken.waitFor({ timeout: SOON_MS });
    // What somebody was typing meanwhile is still theirs.
    expect(await theirs.getByLabel('Start').inputValue()).toBe('17:15');
    await mine.getByRole('button', { name: 'Release' }).click();
    await taken.waitFor({ state: 'detached', timeout: SOON_MS });
  });

  it('shows also what happened after it was loaded and before it was live', async () => {
    const [mine, theirs] = [await calendarOf(one), await calendarOf(other)];
    const goLive = Promise.withResolvers<undefined>();
    await theirs.route('**/live-ticket', async (route) => {
      await goLive.promise;
      await route.continue();
    });
    await theirs.goto(`/${coop.slug}/calendar?day=${TOMORROW}`);
    await theirs.getByLabel('Cell', { exact: true }).selectOption({ label: 'Bench' });
    await theirs.getByLabel('Length').selectOption({ label: '3 h' });
    await holdByForm(mine, '15:00');
    await mine.getByRole('timer').waitFor();
    goLive.resolve(undefined);
    await theirs
      .getByRole('img', { name: /^Print \d: taken, 15:00 to 17:00$/ })
      .filter({ visible: true })
      .waitFor();
    // What was chosen meanwhile stays chosen, and its price is told: 3 h of the bench.
    const choice = [theirs.getByLabel('Cell', { exact: true }), theirs.getByLabel('Length')];
    expect(await Promise.all(choice.map((field) => field.locator('option:checked').textContent()))).toEqual([
      'Bench',
      '3 h',
    ]);
    await theirs.getByRole('region', { name: 'Hold a time' }).locator('summary').getByText(/EUR/).waitFor();
    await mine.getByRole('button', { name: 'Release' }).click();
    await mine.getByRole('status').getByText('Released.').waitFor();
  });

  it('gives a slot to one of two who race for it; the other sees why, and books what it offers instead', async () => {
    const pages = [await calendarOf(one), await calendarOf(other)];
    for (const page of pages) {
      await page.getByLabel('Cell', { exact: true }).selectOption({ label: 'Bench' });
      await page.getByLabel('Start').fill('13:00');
      await page.getByLabel('Length').selectOption({ label: '2 h' });
    }
    await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Hold for 15 minutes' }).click()));
    const held = (page: Page): Locator => page.getByRole('timer');
    const why = (page: Page): Locator => page.getByRole('region', { name: 'Hold a time' }).getByRole('alert');
    await Promise.all(pages.map((page) => held(page).or(why(page)).first().waitFor()));
    const counts = await Promise.all(pages.map((page) => held(page).count()));
    expect([...counts].sort()).toEqual([0, 1]);
    const loser = pages[counts.indexOf(0)];
    const winner = pages[counts.indexOf(1)];
    if (!loser || !winner) throw new Error('Expected a winner and a loser.');
    expect(await why(loser).textContent()).toMatch(/No station is free then/);
    await why(loser)
      .getByRole('link', { name: /instead$/ })
      .first()
      .click();
    await loser.getByRole('button', { name: 'Hold it' }).click();
    await held(loser).waitFor();
    await loser.getByRole('button', { name: 'Confirm' }).click();
    await loser
      .getByRole('status')
      .getByText(/^Booked\./)
      .waitFor();

    // Another who wants the winner's time waits for it, and is given it when it becomes free.
    await loser.getByLabel('Cell', { exact: true }).selectOption({ label: 'Bench' });
    await loser.getByLabel('Start').fill('13:00');
    await loser.getByLabel('Length').selectOption({ label: '2 h' });
    await loser.getByRole('button', { name: 'Hold for 15 minutes' }).click();
    // An hour of it would do.
    await why(loser).getByLabel('Would a part of it do?').selectOption({ label: 'Yes, 1 h or more' });
    await why(loser).getByRole('button', { name: 'Wait for it' }).click();
    const place = loser.getByRole('listitem', { name: /^Waiting for Bench/ });
    await place.getByText('next in line').waitFor();
    await place.getByText('2 h, or a part of at least 1 h').waitFor();
    await winner.getByRole('button', { name: 'Release' }).click();
    const offered = loser.getByRole('listitem', { name: /^Bench 1, .*, 13:00 to 15:00$/ });
    await offered.getByText('You waited for it').waitFor();
    await offered.getByRole('button', { name: 'Release' }).click();
    await offered.waitFor({ state: 'detached' });
  });

  it('can be used by keyboard alone: choose, resize by arrows, hold, confirm', async () => {
    const page = await calendarOf(one, '&view=day');
    await tabTo(page, /^Print 1 free/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/station=/);
    await tabTo(page, /The chosen time ends/);
    for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press('ArrowRight');
    const bar = page.getByRole('form', { name: 'The chosen time' });
    await bar.getByText('08:00–10:00').waitFor();
    expect(await focusedWords(page)).toMatch(/The chosen time ends/);
    await tabTo(page, /^Hold it$/);
    await page.keyboard.press('Enter');
    await page.getByRole('timer').waitFor();
    await tabTo(page, /^Confirm$/);
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .getByText(/^Booked\./)
      .waitFor();
    await page.getByRole('listitem', { name: /^Print 1, .*, 08:00 to 10:00$/ }).waitFor();
  });

  it('can be used on a phone: a tap chooses, a finger drags the handle', async () => {
    const page = await calendarOf(other, '', true);
    const free = freeTime(page, 'Print 2');
    await free.scrollIntoViewIfNeeded();
    await page.touchscreen.tap(...(await at(free, 12.1, true)));
    const bar = page.getByRole('form', { name: 'The chosen time' });
    await bar.getByText('12:00–13:00').waitFor();
    // The whole day between the top of the screen and the bar at its bottom.
    await free.evaluate('(element) => element.scrollIntoView({ block: "start" })');
    const [x, y] = await at(free, 15, true);
    const grip = await handle(page, 'The chosen time ends').boundingBox();
    if (grip === null) throw new Error('Expected a handle that can be seen, got none.');
    const touch = await page.context().newCDPSession(page);
    const finger = (type: string, points: object[]): Promise<unknown> =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: points } as never);
    await finger('touchStart', [{ x: grip.x + grip.width / 2, y: grip.y + grip.height / 2 }]);
    await finger('touchMove', [{ x, y: y - 20 }]);
    await finger('touchMove', [{ x, y }]);
    await finger('touchEnd', []);
    await bar.getByText('12:00–15:00').waitFor();
    await bar.getByRole('button', { name: 'Hold it' }).click();
    await page.getByRole('timer').waitFor();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page
      .getByRole('status')
      .getByText(/^Booked\./)
      .waitFor();
    await page.getByRole('timer').waitFor({ state: 'detached' });
  });

  it.each([true, false])(
    'shows on a phone that there are more stations to the side, and leads there by keyboard (scripts: %s)',
    async (scripts) => {
      const wide = await aCoop(app, { name: 'Wide Press' });
      const workshop = await aWorkshop(app, wide);
      await aCell(app, workshop, { stations: 4 });
      await aCell(app, workshop, { kind: 'qa', name: 'Bench', stations: 2 });
      const window = await openWindow(browser, app, { phone: true, scripts });
      windows.push(window);
      const { page } = window;
      await signInByForm(page, await aMember(app, wide));
      await page.goto(`/${wide.slug}/calendar?day=${TOMORROW}`);
      const boxOf = async (name: string) => {
        const box = await page.locator('.column-name').getByText(name, { exact: true }).boundingBox();
        if (box === null) throw new Error(`Expected a column ${name}, got none.`);
        return box;
      };
      // The fourth runs off the screen in its middle, however wide the phone is, and the page stays where it is.
      for (const width of [320, 360, 390, 412, 430]) {
        await page.setViewportSize({ width, height: 844 });
        await until(`Print 4 is cut in half at ${String(width)} px`, async () => {
          const { x, width: full } = await boxOf('Print 4');
          return Math.abs((width - x) / full - 0.5) < 0.1;
        });
        await expectNoSidewaysScroll(page);
      }
      const stations = page.getByRole('navigation', { name: 'Stations' });
      await stations.getByText('6 stations side by side').waitFor();
      expect((await boxOf('Bench 1')).x).toBeGreaterThan(430);
      await tabTo(page, /^Bench 1–2$/);
      await page.keyboard.press('Enter');
      await until('Bench 1 is wholly on the screen', async () => {
        const { x, width } = await boxOf('Bench 1');
        return x > 0 && x + width <= 430;
      });
    },
  );

  it('moves a booking to another time, and says what both cost', async () => {
    const page = await calendarOf(other);
    const booked = page.getByRole('listitem', { name: /^Print 2, .*, 12:00 to 15:00$/ });
    await booked.getByText('Move to another time').click();
    await booked.getByLabel('Begins at').fill('16:00');
    await booked.getByText('72.00 EUR').first().waitFor();
    await booked.getByRole('button', { name: 'Move it' }).click();
    await page
      .getByRole('status')
      .getByText(/^Moved\. The new time costs 72\.00 EUR\./)
      .waitFor();
    await page.getByRole('listitem', { name: /^Print \d, .*, 16:00 to 19:00$/ }).waitFor();
    await booked.waitFor({ state: 'detached' });
  });

  it('complains about nothing: its policy lets the live connection through', () => {
    expect(windows.flatMap(({ complaints }) => complaints).filter((words) => !words.includes('422'))).toEqual(
      [],
    );
  });
});
