import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aBuyer,
  aProvider,
  aQuote,
  accept,
  anOffer,
  anOrder,
  brokenTrade,
  exchange,
  once,
  seenOrder,
  type ExchangeAnswer,
  type TestProvider,
} from '../../support/builders/exchange.js';
import { aCoop, aMember, type TestBrand } from '../../support/builders/membership.js';
import { DAILY, askForSlot } from '../../support/builders/workshops.js';
import { until } from '../../support/until.js';
import { orderSteps, type OrderSteps } from './order-steps.js';

const NOW = '2026-11-18T08:00:00.000Z';

let app: TestApp;
let provider: TestProvider;
let buyer: TestBrand;
let steps: OrderSteps;

beforeAll(async () => {
  app = await startTestApp();
  steps = orderSteps(app, () => provider);
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  provider = await aProvider(app);
  buyer = await aBuyer(app);
});
afterEach(async () => {
  expect(await overlaps()).toEqual([]);
  expect(await brokenTrade(app)).toEqual({});
});

const kindsOf = (answers: readonly { readonly __typename: string }[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { __typename: kind } of answers) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

/** Live claims of one station that share a moment, found without the help of any constraint. */
const overlaps = (): Promise<object[]> =>
  app.database.query(
    `select a.id, b.id as other from booking a join booking b on b.coop_id = a.coop_id and b.station_id = a.station_id
       and b.id > a.id and b.claim && a.claim and b.ended_at is null where a.ended_at is null`,
  );

const reclaim = (who: { readonly token: string }, bookingId: string | undefined): Promise<ExchangeAnswer> =>
  exchange(app, who, 'reclaimWindow', { coopId: provider.coopId, bookingId, ...once() });

/** Does something that has to wait for a row that another transaction changes just then. */
async function meanwhile<T>(change: string, id: string | undefined, work: () => Promise<T>): Promise<T> {
  const other = new pg.Client({ connectionString: app.database.url });
  await other.connect();
  try {
    await other.query('begin');
    await other.query(change, [id]);
    const working = work();
    await until('it to wait for the change', async () => {
      const waiting = await app.database.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
    await other.query('commit');
    return await working;
  } finally {
    await other.end();
  }
}

describe('at once', () => {
  it('sells a quote once to twenty who accept it together, and books and posts it once', async () => {
    const home = await aCoop(app);
    const offer = await anOffer(app, provider);
    const quote = await aQuote(app, home.admin, offer, { coopId: home.coopId });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => accept(app, home.admin, quote, { coopId: home.coopId })),
    );
    expect(kindsOf(answers)).toEqual({ QuoteAccepted: 1, QuoteTaken: 19 });
    const counts = await app.database.query(
      `select (select count(*)::int from booking where coop_id = $1) as bookings,
              (select count(*)::int from ledger_transaction where coop_id in ($1, $2)) as postings`,
      [provider.coopId, home.coopId],
    );
    expect(counts).toEqual([{ bookings: 2, postings: 2 }]);
  });

  it('sells a place that ten quotes were made for to one of them, and books and posts nothing for the others', async () => {
    // Of the checks, which take half an hour after an hour and a half of printing, one has room by the promise.
    const offer = await anOffer(app, provider, {
      windows: [{ weekday: 4, fromMinute: 480, toMinute: 600 }],
    });
    const quotes = [];
    for (let number = 0; number < 10; number += 1)
      quotes.push(await aQuote(app, buyer, offer, { wantedBy: '2026-11-19T09:00:00Z' }));
    const answers = await Promise.all(quotes.map((quote) => accept(app, buyer, quote)));
    expect(kindsOf(answers)).toEqual({ QuoteAccepted: 1, PromiseLost: 9 });
    const counts = await app.database.query(
      `select (select count(*)::int from booking where coop_id = $1) as bookings,
              (select count(*)::int from ledger_transaction where coop_id = $1) as postings`,
      [provider.coopId],
    );
    expect(counts).toEqual([{ bookings: 2, postings: 1 }]);
  });

  it('gives twenty copies of one acceptance the same order', async () => {
    const quote = await aQuote(app, buyer, await anOffer(app, provider));
    const request = once();
    const answers = await Promise.all(Array.from({ length: 20 }, () => accept(app, buyer, quote, request)));
    expect(new Set(answers.map(({ order }) => order?.id)).size).toBe(1);
    expect(kindsOf(answers)).toEqual({ QuoteAccepted: 20 });
  });

  it('accepts quotes while home members hold the same stations: nobody gets what somebody has', async () => {
    await app.database.query('update coop set hold_limit = 50 where id = $1', [provider.coopId]);
    const offer = await anOffer(app, provider);
    const member = await aMember(app, provider);
    const quotes = [];
    for (let number = 0; number < 10; number += 1) quotes.push(await aQuote(app, buyer, offer));
    const accepts = quotes.map((quote) => accept(app, buyer, quote));
    const holds = Array.from({ length: 40 }, (_, index) => {
      const start = Date.parse(NOW) + Math.floor(index / 2) * 30 * 60_000;
      const window = [start, start + 60 * 60_000].map((at) => new Date(at).toISOString()) as [string, string];
      return askForSlot(app, member, provider.print, window);
    });
    const [orders, slots] = await Promise.all([Promise.all(accepts), Promise.all(holds)]);
    expect(
      Object.keys(kindsOf(orders)).filter((kind) => !['QuoteAccepted', 'PromiseLost'].includes(kind)),
    ).toEqual([]);
    expect(
      Object.keys(kindsOf(slots)).filter(
        (kind) => !['SlotHeld', 'SlotTaken', 'OutsideOpeningHours'].includes(kind),
      ),
    ).toEqual([]);
    expect(kindsOf(orders)['QuoteAccepted']).toBeGreaterThan(0);
    expect(kindsOf(slots)['SlotHeld']).toBeGreaterThan(0);
  });

  it('trades both ways between two providers without a deadlock', async () => {
    const other = await aProvider(app);
    const [here, there] = [await anOffer(app, provider), await anOffer(app, other)];
    const sold = [];
    for (let number = 0; number < 5; number += 1) {
      sold.push({ who: other, quote: await aQuote(app, other.admin, here, { coopId: other.coopId }) });
      sold.push({
        who: provider,
        quote: await aQuote(app, provider.admin, there, { coopId: provider.coopId }),
      });
    }
    const answers = await Promise.all(
      sold.map(({ who, quote }) => accept(app, who.admin, quote, { coopId: who.coopId })),
    );
    expect(kindsOf(answers)).toEqual({ QuoteAccepted: 10 });
  });

  it('gives a window that eight members reclaim together to one of them', async () => {
    const offer = await anOffer(app, provider, { leadHours: 24, firmHours: 4, windows: DAILY });
    const order = await anOrder(app, buyer, offer);
    const members = [];
    for (let number = 0; number < 8; number += 1) members.push(await aMember(app, provider));
    const answers = await Promise.all(members.map((member) => reclaim(member, order.bookings[0]?.id)));
    expect(kindsOf(answers)).toEqual({ WindowReclaimed: 1, NotFound: 7 });
  });

  it('never takes back an order whose work is being checked in: it waits, and then sees it', async () => {
    const order = await anOrder(app, buyer, await anOffer(app, provider));
    const cancelled = await meanwhile(
      'update booking set checked_in_at = app_now() where id = $1',
      order.bookings[0]?.id,
      () =>
        exchange(app, buyer, 'cancelServiceOrder', {
          ...{ providerId: provider.coopId, orderId: order.id, ...once() },
        }),
    );
    expect(cancelled.__typename).toBe('TransitionRefused');
  });

  it('refunds an order that is reclaimed also when its provider moves it on at the same moment', async () => {
    const offer = await anOffer(app, provider, {
      ...{ firmHours: 4, windows: [{ weekday: 4, fromMinute: 480, toMinute: 600 }] },
      refund: { reclaimPercent: 80, cancelTiers: [] },
    });
    const order = await anOrder(app, buyer, offer);
    const [{ id, fromAt, toAt } = { id: '', fromAt: '', toAt: '' }] = order.bookings;
    const member = await aMember(app, provider);
    // The other station is taken, so the order has no other place.
    expect((await askForSlot(app, member, provider.print, [fromAt, toAt])).__typename).toBe('SlotHeld');
    const reclaimed = await meanwhile(
      `update service_order set state = 'in_production' where id = $1`,
      order.id,
      () => reclaim(member, id),
    );
    expect(reclaimed).toMatchObject({
      __typename: 'WindowReclaimed',
      work: { state: 'RECLAIMED', refundedMinor: '2120' },
    });
  });

  it('hands an order over or refunds it, never both', async () => {
    const offer = await anOffer(app, provider);
    const orders = [];
    for (let number = 0; number < 4; number += 1) {
      const order = await anOrder(app, buyer, offer);
      for (const to of ['IN_PRODUCTION', 'QUALITY']) await steps.advance(order, to);
      await steps.inspect(order, 30, 0);
      expect((await steps.advance(order, 'READY')).__typename).toBe('ServiceOrderAdvanced');
      orders.push(order);
    }
    const answers = await Promise.all(
      orders.map((order) =>
        Promise.all([
          steps.advance(order, 'HANDED_OVER'),
          steps.cancel(order, provider.admin, provider.coopId),
        ]),
      ),
    );
    for (const [index, [handed, refunded]] of answers.entries()) {
      const seen = await seenOrder(app, buyer, orders[index] ?? { coopId: '', id: '' });
      const given = seen?.state === 'HANDED_OVER';
      expect([handed.__typename, refunded.__typename, seen?.state, seen?.refundedMinor]).toEqual(
        given
          ? ['ServiceOrderAdvanced', 'TransitionRefused', 'HANDED_OVER', '0']
          : ['TransitionRefused', 'ServiceOrderCancelled', 'REFUNDED', '2650'],
      );
    }
  });

  it('settles a window that is reclaimed while others hold, accept and call off around it', async () => {
    const offer = await anOffer(app, provider, { leadHours: 24, firmHours: 4, windows: DAILY });
    const orders = [];
    for (let number = 0; number < 6; number += 1) orders.push(await anOrder(app, buyer, offer));
    const quotes = [];
    for (let number = 0; number < 4; number += 1) quotes.push(await aQuote(app, buyer, offer));
    const member = await aMember(app, provider);
    await app.database.query('update coop set hold_limit = 50 where id = $1', [provider.coopId]);
    const cancel = (id: string) =>
      exchange(app, buyer, 'cancelServiceOrder', { providerId: provider.coopId, orderId: id, ...once() });
    const windows = orders.flatMap(({ bookings }) => bookings.slice(0, 1));
    const work: Promise<{ readonly __typename: string }>[] = [
      ...windows.map(({ id }) => reclaim(member, id)),
      ...windows.map(({ fromAt, toAt }) => askForSlot(app, member, provider.print, [fromAt, toAt])),
      ...orders.slice(0, 3).map(({ id }) => cancel(id)),
      ...quotes.map((quote) => accept(app, buyer, quote)),
    ];
    const kinds = Object.keys(kindsOf(await Promise.all(work)));
    const expected = ['WindowReclaimed', 'NotFound', 'SlotTaken', 'SlotHeld', 'ServiceOrderCancelled'];
    const possible = [...expected, 'TransitionRefused', 'QuoteAccepted', 'PromiseLost'];
    expect(kinds.filter((kind) => !possible.includes(kind))).toEqual([]);
    for (const { coopId, id } of orders) {
      const seen = await seenOrder(app, buyer, { coopId, id });
      expect(['ACCEPTED', 'RECLAIMED', 'CANCELLED']).toContain(seen?.state);
    }
  });
});
