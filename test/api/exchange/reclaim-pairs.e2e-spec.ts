import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aBuyer,
  aQuote,
  accept,
  anOffer,
  anOrder,
  brokenTrade,
  exchange,
  once,
  seenOrder,
  type TestOrder,
  type TestProvider,
  type TestQuote,
} from '../../support/builders/exchange.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestBrand,
  type TestMember,
} from '../../support/builders/membership.js';
import { DAILY, aCell, aHold, aWorkshop, askForSlot, changeClaim } from '../../support/builders/workshops.js';
import { until } from '../../support/until.js';

const NOW = '2026-11-18T08:00:00.000Z';
const HOLD_MS = 15 * 60_000;
/** The one place on the printing station to which the order can move and keep its promise. */
const OTHER_PLACE = ['2026-11-19T09:30:00Z', '2026-11-19T11:00:00Z'] as const;
/** All else that would keep it, booked by home members. */
const TAKEN = [
  ['2026-11-19T11:00:00Z', '2026-11-19T19:00:00Z'],
  ['2026-11-20T07:00:00Z', '2026-11-20T10:00:00Z'],
] as const;

let app: TestApp;
let provider: TestProvider;
let buyer: TestBrand;
let order: TestOrder;
let quote: TestQuote;
/** Wants the window of the order back. */
let reclaimer: TestMember;
/** Wants the place to which the order would move. */
let other: TestMember;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  const coop = await aCoop(app);
  const workshop = await aWorkshop(app, coop);
  const print = await aCell(app, workshop, { stations: 1 });
  provider = { ...coop, print, qa: await aCell(app, workshop, { kind: 'qa', name: 'Check', stations: 1 }) };
  buyer = await aBuyer(app);
  const offer = await anOffer(app, provider, { leadHours: 24, firmHours: 4, windows: DAILY });
  order = await anOrder(app, buyer, offer);
  quote = await aQuote(app, buyer, offer);
  const home = await aMember(app, provider);
  for (const window of TAKEN) {
    const { id: bookingId } = await aHold(app, home, print, window);
    await changeClaim(app, home, 'confirmBooking', { coopId: coop.coopId, bookingId });
  }
  reclaimer = await aMember(app, provider);
  other = await aMember(app, provider);
});
afterEach(async () => {
  expect(await brokenTrade(app)).toEqual({});
});

/**
 * Sends requests one after the other while another session keeps a row that all of them need: each is sent once those
 * before it wait, so they get it in this order (PostgreSQL serves who waits for a row first come, first served).
 */
async function inThisOrder(
  lock: string,
  asks: readonly (() => Promise<{ readonly __typename: string }>)[],
): Promise<string[]> {
  const keeper = new pg.Client({ connectionString: app.database.url });
  await keeper.connect();
  try {
    await keeper.query('begin');
    await keeper.query(lock, [provider.coopId]);
    const answers: Promise<{ readonly __typename: string }>[] = [];
    for (const ask of asks) {
      answers.push(ask());
      await until(`${String(answers.length)} requests to wait`, async () => {
        const waiting = await app.database.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return waiting.length === answers.length;
      });
    }
    await keeper.query('commit');
    return (await Promise.all(answers)).map((answer) => answer.__typename);
  } finally {
    await keeper.end();
  }
}

const ALL_CELLS = 'select 1 from cell where coop_id = $1 order by id for no key update';
const BOOKS = 'select 1 from ledger_head where coop_id = $1 for no key update';

const reclaim = () =>
  exchange(app, reclaimer, 'reclaimWindow', {
    coopId: provider.coopId,
    bookingId: order.bookings[0]?.id,
    ...once(),
  });
const hold = () => askForSlot(app, other, provider.print, OTHER_PLACE);
const acceptQuote = () => accept(app, buyer, quote);

/** What stands on the printing station on Thursday morning, by start. */
const morning = async (): Promise<string[]> => {
  const rows = await app.database.query<{ claim: string }>(
    `select to_char(lower(during) at time zone 'UTC', 'HH24:MI') || ' ' || origin || ' ' || state as claim
       from booking where cell_id = $1 and ended_at is null and lower(during) < '2026-11-19T11:00:00Z'
      order by lower(during)`,
    [provider.print.cellId],
  );
  return rows.map((row) => row.claim);
};
const stateOfOrder = async () => (await seenOrder(app, buyer, order))?.state;

describe('a window that is reclaimed while a home member holds the only other place of the order', () => {
  it('moves the order nowhere when the hold came first: the order is refunded', async () => {
    expect(await inThisOrder(ALL_CELLS, [hold, reclaim])).toEqual(['SlotHeld', 'WindowReclaimed']);
    expect(await stateOfOrder()).toBe('RECLAIMED');
    expect(await morning()).toEqual(['08:00 member held', '09:30 member held']);
  });

  it('moves the order there when it came first: the member is told that the slot is taken', async () => {
    expect(await inThisOrder(ALL_CELLS, [reclaim, hold])).toEqual(['WindowReclaimed', 'SlotTaken']);
    expect(await stateOfOrder()).toBe('ACCEPTED');
    expect(await morning()).toEqual(['08:00 member held', '09:30 service_order confirmed']);
  });
});

describe('a window that is reclaimed while a home member confirms the hold of the only other place', () => {
  const CONFIRMED = ['08:00 member held', '09:30 member confirmed'];
  const MOVED = ['08:00 member held', '09:30 service_order confirmed'];

  it.each([
    ['before', 'in its last millisecond', HOLD_MS - 1, 'BookingConfirmed', 'RECLAIMED', CONFIRMED],
    ['after', 'in its last millisecond', HOLD_MS - 1, 'BookingConfirmed', 'RECLAIMED', CONFIRMED],
    ['before', 'one millisecond too late', HOLD_MS, 'HoldLapsed', 'ACCEPTED', MOVED],
    ['after', 'one millisecond too late', HOLD_MS, 'HoldLapsed', 'ACCEPTED', MOVED],
  ] as const)('%s it, %s', async (when, _, stepMs, answer, state, standing) => {
    const { booking } = await hold();
    await app.clock.step(stepMs);
    other = { ...other, token: await signedIn(app, other.email) };
    reclaimer = { ...reclaimer, token: await signedIn(app, reclaimer.email) };
    const input = { coopId: provider.coopId, bookingId: booking?.id ?? '' };
    const confirm = () => changeClaim(app, other, 'confirmBooking', input);
    const [confirmed, reclaimed] =
      when === 'before'
        ? await inThisOrder(BOOKS, [confirm, reclaim])
        : (await inThisOrder(BOOKS, [reclaim, confirm])).reverse();
    expect([confirmed, reclaimed]).toEqual([answer, 'WindowReclaimed']);
    expect(await stateOfOrder()).toBe(state);
    expect(await morning()).toEqual(standing);
  });
});

describe('a window that is reclaimed while a quote is accepted that needs the only other place of the order', () => {
  it('has the order refunded when the quote was accepted first', async () => {
    expect(await inThisOrder(ALL_CELLS, [acceptQuote, reclaim])).toEqual([
      'QuoteAccepted',
      'WindowReclaimed',
    ]);
    expect(await stateOfOrder()).toBe('RECLAIMED');
    expect(await morning()).toEqual(['08:00 member held', '09:30 service_order confirmed']);
  });

  it('moves the order there when it came first, and the promise of the quote is lost', async () => {
    expect(await inThisOrder(ALL_CELLS, [reclaim, acceptQuote])).toEqual(['WindowReclaimed', 'PromiseLost']);
    expect(await stateOfOrder()).toBe('ACCEPTED');
    expect(await morning()).toEqual(['08:00 member held', '09:30 service_order confirmed']);
  });
});
