import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wallInstant, wallTime } from '@touchmark/calendar';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import {
  aQuote,
  anOffer,
  anOrder,
  brokenTrade,
  type TestOffer,
  type TestProvider,
  type TestQuote,
} from '../support/builders/exchange.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { aCell, aHold, aWorkshop } from '../support/builders/workshops.js';
import { openWindow, signInByForm, type Window } from '../support/pages.js';

const DAY_MS = 86_400_000;
// In the night before the machines open: what is promised then does not depend on the hour in which these tests run.
const NOW = Date.parse(`${new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)}T01:30:00Z`);
const ZONE = 'Europe/Berlin';
const MORNINGS = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 480, toMinute: 720 }));

describe('on the market', () => {
  let app: TestApp;
  let browser: Browser;
  let provider: TestProvider;
  let home: TestCoop;
  let offer: TestOffer;
  let member: TestMember;
  let buyer: TestMember;
  const windows: Window[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ pages: true }), launchBrowser()]);
    await app.clock.freeze(new Date(NOW));
    const coop = await aCoop(app, { name: 'Canal Press' });
    const workshop = await aWorkshop(app, coop);
    // One station of each kind, so that who takes it has taken it all.
    const print = await aCell(app, workshop, { stations: 1 });
    const qa = await aCell(app, workshop, { kind: 'qa', name: 'Check', stations: 1 });
    provider = { ...coop, print, qa };
    home = await aCoop(app, { name: 'Harbour Press' });
    offer = await anOffer(app, provider, { windows: MORNINGS, leadHours: 48, firmHours: 4 });
    member = await aMember(app, provider);
    buyer = await aMember(app, home, ['treasurer']);
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await browser.close();
    await app.stop();
  });

  async function open(who: TestMember, path: string): Promise<Page> {
    const window = await openWindow(browser, app, { scripts: false });
    windows.push(window);
    await signInByForm(window.page, who);
    await window.page.goto(path);
    return window.page;
  }
  const quoted = (): Promise<TestQuote> => aQuote(app, buyer, offer, { coopId: home.coopId });
  const pathOf = (quote: TestQuote): string =>
    `/exchange/${provider.slug}/${offer.id}?quote=${quote.id}&for=${home.coopId}`;
  /** Presses the button of a quote that cannot be had, and reads why. */
  async function refusal(page: Page): Promise<string> {
    const quote = page.getByRole('region', { name: 'Your quote' });
    await quote.getByRole('button', { name: 'Accept and book' }).click();
    const why = (await quote.getByRole('alert').textContent()) ?? '';
    // It stays to be read, and a new one can be asked for on the same page.
    await quote.getByText('Price for 30 units').waitFor();
    await page.getByRole('region', { name: 'Ask for a quote' }).getByLabel('Units').waitFor();
    expect(why).not.toMatch(/\d{4}-\d\d-\d\dT/);
    return why;
  }
  const orders = async (): Promise<number> =>
    (await app.database.query('select 1 from service_order where coop_id = $1', [provider.coopId])).length;

  it('a quote whose time on the machines others have taken says so, and what a new one would promise', async () => {
    const quote = await quoted();
    const page = await open(buyer, pathOf(quote));
    const days = (at: number): number => wallTime(ZONE, at).epochDay;
    for (let day = days(NOW) + 1; day <= days(Date.parse(quote.promisedAt)); day += 1) {
      const [from, to] = [wallInstant(ZONE, day, 480), wallInstant(ZONE, day, 720)];
      await aHold(app, await aMember(app, provider), provider.print, [
        new Date(from).toISOString(),
        new Date(to).toISOString(),
      ]);
    }
    const before = await orders();
    expect(await refusal(page)).toMatch(
      /taken meanwhile.*A new quote would promise \w{3} \d+ \w{3} \d{4}, \d\d:\d\d Europe\/Berlin\./,
    );
    expect(await orders()).toBe(before);
  });

  it('a quote that was accepted before is refused beside it, and not bought again', async () => {
    const quote = await quoted();
    const [page, other] = [await open(buyer, pathOf(quote)), await open(buyer, pathOf(quote))];
    await page.getByRole('button', { name: 'Accept and book' }).click();
    await page.getByRole('heading', { name: '30 × Screen printing' }).waitFor();
    await page.getByRole('heading', { name: 'Where it stands' }).waitFor();
    const before = await orders();
    expect(await refusal(other)).toContain('This quote was accepted before.');
    expect(await orders()).toBe(before);
  });

  it('a home member takes back the time of an order, is told where its work went, and books it', async () => {
    const far = await anOffer(app, provider, { leadHours: 24 * 7, firmHours: 4, title: 'Later prints' });
    const order = await anOrder(app, buyer, far, { coopId: home.coopId });
    const { fromAt = '' } = order.bookings[0] ?? {};
    const page = await open(member, `/${provider.slug}/calendar?day=${fromAt.slice(0, 10)}`);
    await page.getByRole('link', { name: 'See what can be taken back' }).click();
    const first = page.getByRole('listitem').filter({ hasText: 'Later prints' }).first();
    await first.getByText(/until .* \d\d:\d\d/).waitFor();
    await first.getByRole('button', { name: 'Take it back' }).click();
    const told = page.getByRole('status');
    await told.getByText(/^Print 1, .* is held for you for 15 minutes, for 36\.00 EUR\./).waitFor();
    await told.getByText('The work of the peer was moved and its promise stands.').waitFor();
    await page.waitForLoadState();
    expect(await told.getByRole('listitem').count()).toBe(2);
    await told.getByRole('link', { name: 'Confirm it in the calendar' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page
      .getByRole('status')
      .getByText(/^Booked\./)
      .waitFor();
    expect(await brokenTrade(app)).toEqual({});
  });

  it('an order that has no other place is refunded, and the member is told how much', async () => {
    const [weekday, day] = [((new Date(NOW + 9 * DAY_MS).getUTCDay() + 6) % 7) + 1, 9 * DAY_MS];
    const date = new Date(NOW + day).toISOString().slice(0, 10);
    const single = await anOffer(app, provider, {
      ...{
        title: 'One morning',
        leadHours: 24 * 8,
        firmHours: 4,
        windows: [{ weekday, fromMinute: 480, toMinute: 600 }],
      },
      refund: { reclaimPercent: 80, cancelTiers: [] },
    });
    await anOrder(app, buyer, single, { coopId: home.coopId });
    const page = await open(member, `/${provider.slug}/reclaim?from=${date}`);
    const row = page.getByRole('listitem').filter({ hasText: 'One morning' }).first();
    await row.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('status').getByText('21.20 EUR went back to its buyer.').waitFor();
    expect(await row.count()).toBe(0);
  });

  it('a window that has become firm stays with its order, and the member is told since when', async () => {
    const firm = await anOffer(app, provider, { title: 'Firm', leadHours: 24 * 10, firmHours: 4 });
    const order = await anOrder(app, buyer, firm, { coopId: home.coopId });
    const { fromAt = '' } = order.bookings[0] ?? {};
    const page = await open(member, `/${provider.slug}/reclaim?from=${fromAt.slice(0, 10)}`);
    const row = page.getByRole('listitem').filter({ hasText: 'Firm' }).first();
    await app.database.query(
      'update offer_version set firm_hours = 720 where coop_id = $1 and offer_id = $2',
      [provider.coopId, firm.id],
    );
    await row.getByRole('button', { name: 'Take it back' }).click();
    await row
      .getByRole('alert')
      .getByText(/This window is firm since \w{3} \d+ \w{3} \d{4}, \d\d:\d\d/)
      .waitFor();
    await row.getByText('firm: it stays with the order').waitFor();
  });

  it('a quote whose time is over is refused beside it, on any page that still shows it', async () => {
    const quote = await quoted();
    try {
      await app.clock.freeze(new Date(Date.parse(quote.validUntil) + 1));
      // Tokens have ended with the hours: whoever looks on signs in again.
      const page = await open(buyer, pathOf(quote));
      const before = await orders();
      expect(await refusal(page)).toMatch(/^This quote was valid until \w{3} \d+ \w{3} \d{4}, \d\d:\d\d/);
      expect(await orders()).toBe(before);
    } finally {
      await app.clock.freeze(new Date(NOW));
    }
  });
});
