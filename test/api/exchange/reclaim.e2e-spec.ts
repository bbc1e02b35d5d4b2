import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aBuyer,
  anOffer,
  anOrder,
  brokenTrade,
  exchange,
  once,
  seenOrder,
  type TestOrder,
  type TestProvider,
} from '../../support/builders/exchange.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestBrand,
  type TestMember,
} from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, changeClaim, DAILY } from '../../support/builders/workshops.js';

const NOW = '2026-11-18T08:00:00.000Z';
const THURSDAYS = { windows: [{ weekday: 4, fromMinute: 480, toMinute: 1200 }], firmHours: 4 };

let app: TestApp;
let provider: TestProvider;
let member: TestMember;
let buyer: TestBrand;

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
  // One printing station, so that another place is another time.
  const print = await aCell(app, workshop, { stations: 1 });
  const qa = await aCell(app, workshop, { kind: 'qa', name: 'Check', stations: 1 });
  provider = { ...coop, print, qa };
  member = await aMember(app, provider);
  buyer = await aBuyer(app);
});
afterEach(async () => {
  expect(await brokenTrade(app)).toEqual({});
});

const reclaim = (bookingId: string | undefined, who = member, change: object = {}) =>
  exchange(app, who, 'reclaimWindow', { coopId: provider.coopId, bookingId, ...once(), ...change });
const live = (order: TestOrder | null): [string, string][] =>
  (order?.bookings ?? [])
    .filter(({ state }) => state === 'CONFIRMED')
    .map(({ fromAt, toAt }) => [fromAt.slice(8, 16), toAt.slice(8, 16)]);
const printing = (order: TestOrder): string | undefined => order.bookings[0]?.id;

/** An order that stands on tomorrow morning and is promised for the day after: there is time to move it. */
async function aRoomyOrder(): Promise<TestOrder> {
  const offer = await anOffer(app, provider, { leadHours: 24, firmHours: 4, windows: DAILY });
  const order = await anOrder(app, buyer, offer);
  expect(live(order)).toEqual([
    ['19T08:00', '19T09:30'],
    ['19T09:30', '19T10:00'],
  ]);
  return order;
}

describe('a home member who reclaims a window of a service order', () => {
  it('holds the window, and the order finds another place that keeps its promise', async () => {
    const order = await aRoomyOrder();
    const answer = await reclaim(printing(order));
    expect(answer).toMatchObject({
      __typename: 'WindowReclaimed',
      booking: { state: 'HELD', fromAt: '2026-11-19T08:00:00.000Z', toAt: '2026-11-19T09:30:00.000Z' },
      work: { state: 'ACCEPTED', refundedMinor: '0' },
    });
    // The member, who may not see the order, is told where its work went.
    expect(answer.work?.bookings.map(({ fromAt, toAt }) => [fromAt.slice(8, 16), toAt.slice(8, 16)])).toEqual(
      [
        ['19T09:30', '19T11:00'],
        ['19T11:00', '19T11:30'],
      ],
    );
    const seen = await seenOrder(app, buyer, order);
    expect(seen).toMatchObject({ state: 'ACCEPTED', refundedMinor: '0', promisedAt: order.promisedAt });
    expect(live(seen)).toEqual([
      ['19T09:30', '19T11:00'],
      ['19T11:00', '19T11:30'],
    ]);
    expect(seen?.bookings.filter(({ state }) => state === 'MOVED')).toHaveLength(2);
    const confirm = { coopId: provider.coopId, bookingId: answer.booking?.id ?? '' };
    expect((await changeClaim(app, member, 'confirmBooking', confirm)).__typename).toBe('BookingConfirmed');
    const told = await app.database.query('select account_id, kind from notice where account_id = $1', [
      buyer.brandId,
    ]);
    expect(told).toEqual([{ account_id: buyer.brandId, kind: 'service_order_moved' }]);
  });

  it('has the order refunded by its terms when no other place keeps the promise', async () => {
    const offer = await anOffer(app, provider, {
      ...THURSDAYS,
      refund: { reclaimPercent: 80, cancelTiers: [] },
      windows: [{ weekday: 4, fromMinute: 480, toMinute: 600 }],
    });
    const home = await aCoop(app);
    const order = await anOrder(app, home.admin, offer, { coopId: home.coopId });
    expect(await reclaim(printing(order))).toMatchObject({
      __typename: 'WindowReclaimed',
      work: { state: 'RECLAIMED', refundedMinor: '2120', bookings: [] },
    });
    const seen = await seenOrder(app, home.admin, order, home.coopId);
    expect(seen).toMatchObject({ state: 'RECLAIMED', refundedMinor: '2120' });
    expect(live(seen)).toEqual([]);
    const back = await app.database.query(
      `select t.coop_id, e.account, e.amount_minor from ledger_transaction t
         join ledger_entry e on e.coop_id = t.coop_id and e.transaction_id = t.id
        where t.reference = $1 and t.kind like '%refunded' order by e.account`,
      [order.id],
    );
    expect(back).toEqual([
      { coop_id: home.coopId, account: 'service_cost', amount_minor: '-2120' },
      { coop_id: provider.coopId, account: 'service_revenue', amount_minor: '2120' },
      { coop_id: home.coopId, account: 'trade_payable', amount_minor: '2120' },
      { coop_id: provider.coopId, account: 'trade_receivable', amount_minor: '-2120' },
    ]);
    const told = await app.database.query('select kind from notice where account_id = $1', [
      home.admin.accountId,
    ]);
    expect(told).toEqual([{ kind: 'service_order_reclaimed' }]);
  });

  it('moves only what is left to do, and never before what was kept', async () => {
    const order = await aRoomyOrder();
    const check = order.bookings[1]?.id;
    expect((await reclaim(check)).__typename).toBe('WindowReclaimed');
    expect(live(await seenOrder(app, buyer, order))).toEqual([
      ['19T08:00', '19T09:30'],
      ['19T10:00', '19T10:30'],
    ]);
  });

  it('can do so until the millisecond before the firm horizon, and is then refused with nothing changed', async () => {
    const order = await aRoomyOrder();
    await app.clock.freeze(new Date('2026-11-19T04:00:00.000Z'));
    const fresh = { ...member, token: await signedIn(app, member.email) };
    expect(await reclaim(printing(order), fresh)).toMatchObject({
      __typename: 'CapacityFirm',
      firmFrom: '2026-11-19T04:00:00.000Z',
    });
    expect(live(await seenOrder(app, buyer, order))).toEqual(live(order));
    await app.clock.freeze(new Date('2026-11-19T03:59:59.999Z'));
    expect((await reclaim(printing(order), fresh)).__typename).toBe('WindowReclaimed');
  });

  it('is refused as anybody who holds would be, and then the order stays where it is', async () => {
    const order = await aRoomyOrder();
    await app.database.query('update coop set hold_limit = 1 where id = $1', [provider.coopId]);
    await aHold(app, member, provider.print, ['2026-11-20T08:00:00Z', '2026-11-20T09:00:00Z']);
    expect((await reclaim(printing(order))).__typename).toBe('HoldLimitReached');
    expect(
      (await reclaim(printing(order), await aMember(app, provider), { maxPriceMinor: '1' })).__typename,
    ).toBe('PriceAboveMax');
    const seen = await seenOrder(app, buyer, order);
    expect(live(seen)).toEqual(live(order));
    expect(seen?.bookings).toHaveLength(2);
  });

  it('gets the same hold for the same request, and no booking of a member is reclaimed', async () => {
    const order = await aRoomyOrder();
    const request = once();
    const first = await reclaim(printing(order), member, request);
    expect(await reclaim(printing(order), member, request)).toEqual(first);
    expect((await reclaim(printing(order))).__typename).toBe('NotFound');
    expect((await reclaim(first.booking?.id)).__typename).toBe('NotFound');
    expect((await reclaim('x')).__typename).toBe('NotFound');
  });

  it('has to be a member of that co-op', async () => {
    const order = await aRoomyOrder();
    const stranger = await aMember(app, await aCoop(app));
    const query = `mutation ($input: ReclaimWindowInput!) { reclaimWindow(input: $input) { __typename } }`;
    const input = { coopId: provider.coopId, bookingId: printing(order), ...once() };
    for (const who of [stranger, buyer])
      expect((await app.ask(query, { input }, who)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe("the time of peers' orders", () => {
  const WINDOWS = `query ($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
    reclaimableWindows(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
      offerTitle firmFrom reclaimable booking { id } } }`;
  const RANGE = { fromAt: '2026-11-18T00:00:00Z', toAt: '2026-11-21T00:00:00Z' };
  interface Answer {
    readonly reclaimableWindows: readonly {
      readonly firmFrom: string;
      readonly reclaimable: boolean;
      readonly booking: { readonly id: string };
    }[];
  }
  const shown = async (who: TestMember, range: object = RANGE): Promise<Answer['reclaimableWindows']> => {
    const where = { coopId: provider.coopId, workshopId: provider.print.workshopId, ...range };
    return (await app.gql<Answer>(WINDOWS, where, who)).reclaimableWindows;
  };

  it('is shown to each member with until when it may be taken back, and nothing else is', async () => {
    const order = await aRoomyOrder();
    await aHold(app, member, provider.print, ['2026-11-20T08:00:00Z', '2026-11-20T09:00:00Z']);
    expect(await shown(member)).toEqual([
      {
        ...{ offerTitle: 'Screen printing', firmFrom: '2026-11-19T04:00:00.000Z', reclaimable: true },
        booking: { id: order.bookings[0]?.id },
      },
      {
        ...{ offerTitle: 'Screen printing', firmFrom: '2026-11-19T05:30:00.000Z', reclaimable: true },
        booking: { id: order.bookings[1]?.id },
      },
    ]);
    expect(await shown(member, { ...RANGE, fromAt: '2026-11-19T10:00:00Z' })).toEqual([]);
    await app.clock.freeze(new Date('2026-11-19T04:00:00.000Z'));
    const fresh = { ...member, token: await signedIn(app, member.email) };
    expect((await shown(fresh)).map(({ reclaimable }) => reclaimable)).toEqual([false, true]);
  });

  it('is for members of that co-op, a fortnight at a time', async () => {
    const stranger = await aMember(app, await aCoop(app));
    const where = { coopId: provider.coopId, workshopId: provider.print.workshopId, ...RANGE };
    for (const who of [stranger, buyer])
      expect((await app.ask(WINDOWS, where, who)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
    const long = { ...where, toAt: '2027-01-01T00:00:00Z' };
    expect((await app.ask(WINDOWS, long, member)).errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(
      (await app.gql<Answer>(WINDOWS, { ...where, workshopId: 'x' }, member)).reclaimableWindows,
    ).toEqual([]);
  });
});
