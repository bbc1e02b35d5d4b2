import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../support/builders/membership.js';
import {
  aFloor,
  aRun,
  brokenRules,
  openWork,
  unitsOf,
  type BookedWork,
  type TestRun,
} from '../support/builders/production.js';
import { openWindow, signInByForm, type Window } from '../support/pages.js';

/** The day of the workshop in Berlin, as the address of its page says it. */
const dayOf = (at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(at);

describe('the operator’s day', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let operator: TestMember;
  let run: TestRun;
  let window: Window;
  let page: Page;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ pages: true }), launchBrowser()]);
    // Long before the workshop opens, and ahead of this machine's clock: signing in never lies in the future.
    await app.clock.freeze(
      new Date(`${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T01:00:00Z`),
    );
    coop = await aCoop(app, { name: 'Harbour Press' });
    await aFloor(app, coop);
    operator = await aMember(app, coop, ['operator']);
    run = await aRun(app, coop, [1, 1, 1]);
    window = await openWindow(browser, app);
    page = window.page;
    await signInByForm(page, operator, `/${coop.slug}/day`);
  });
  afterAll(async () => {
    await window.close();
    await browser.close();
    await app.stop();
  });

  const work = async (kind: string): Promise<BookedWork> => {
    const found = (await openWork(app, run.runId)).find((each) => each.kind === kind);
    if (!found) throw new Error(`Expected open work of kind ${kind}, got none.`);
    return found;
  };
  const task = ({ station }: BookedWork) => page.getByRole('listitem', { name: new RegExp(`^${station}, `) });
  const piece = (state: RegExp) =>
    page.getByRole('region', { name: 'Pieces by order' }).getByRole('listitem').filter({ hasText: state });
  const planned = () =>
    page
      .getByRole('listitem', { name: 'Piece of lot 1' })
      .filter({ has: page.getByRole('button', { name: 'Pass' }) });

  it('says why work cannot begin hours before its time', async () => {
    const print = await work('print');
    await page.goto(`/${coop.slug}/day?date=${dayOf(print.fromAt)}`);
    await task(print).getByRole('button', { name: 'Check in' }).click();
    await task(print).getByRole('alert').waitFor();
    expect(await task(print).getByRole('button', { name: 'Check in' }).count()).toBe(1);
    expect((await work('print')).begun).toBe(false);
  });

  it('checks work in when it begins and out when the station is free again', async () => {
    const print = await work('print');
    await app.clock.freeze(print.fromAt);
    await task(print).getByRole('button', { name: 'Check in' }).click();
    await task(print)
      .getByText(/^in since/)
      .waitFor();
    await task(print).getByRole('alert').waitFor({ state: 'detached' });
    await app.clock.freeze(print.toAt);
    await task(print).getByRole('button', { name: 'Check out' }).click();
    await task(print).getByText(/^done/).waitFor();
    expect(await task(print).getByRole('button').count()).toBe(0);

    const qa = await work('qa');
    await app.clock.freeze(qa.fromAt);
    await page.goto(`/${coop.slug}/day?date=${dayOf(qa.fromAt)}`);
    await task(qa).getByRole('button', { name: 'Check in' }).click();
    await task(qa)
      .getByText(/^in since/)
      .waitFor();
    expect((await openWork(app, run.runId)).map(({ kind, begun }) => [kind, begun])).toEqual([['qa', true]]);
  });

  it('passes a piece, and fails others with a note and a remedy', async () => {
    await task(await work('qa'))
      .getByRole('link', { name: 'Heron' })
      .click();
    await page.waitForURL((url) => url.pathname === `/${coop.slug}/runs/${run.runId}`);
    await planned().nth(2).waitFor();
    expect(await planned().count()).toBe(3);
    await planned().first().getByRole('button', { name: 'Pass' }).click();
    await page.getByRole('listitem', { name: 'No. 1' }).getByText('passed').waitFor();

    for (const [note, button, words] of [
      ['ink smeared', 'Refund it', /failed: ink smeared, refunded/],
      ['corner torn', 'Make it again', /failed: corner torn, made again/],
    ] as const) {
      await planned().first().getByText('Fail', { exact: true }).click();
      await planned().first().getByLabel('What is wrong').fill(note);
      await planned().first().getByRole('button', { name: button }).click();
      await piece(words).waitFor();
    }
    expect(await planned().count()).toBe(0);
    // The piece that is made again stands in a lot of its own.
    await page.getByRole('listitem', { name: 'Piece of lot 2' }).waitFor();
    expect((await unitsOf(app, run.runId)).map(({ state, lot }) => `${state} ${String(lot)}`).sort()).toEqual(
      ['failed 1', 'failed 1', 'passed 1', 'planned 2'],
    );
  });

  it('hands over the order that is ready, and no other', async () => {
    const ready = page.getByRole('button', { name: 'Hand the order over' });
    await ready.waitFor();
    expect(await ready.count()).toBe(1);
    await ready.click();
    await page.getByRole('listitem', { name: 'No. 1' }).getByText('handed over').waitFor();
    expect(await ready.count()).toBe(0);
    const orders = await app.database.query<{ state: string }>(
      'select state from sale_order where drop_id = $1 order by state',
      [run.dropId],
    );
    expect(orders.filter(({ state }) => state === 'handed_over')).toHaveLength(1);
    expect(await brokenRules(app)).toEqual({});
    // The browser names the one refusal: work that began too early.
    expect(window.complaints).toEqual([expect.stringContaining('422')]);
  });
});
