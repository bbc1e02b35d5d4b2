import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aBuyer,
  anOffer,
  anOrder,
  brokenTrade,
  seenOrder,
  type TestOrder,
  type TestProvider,
} from '../../support/builders/exchange.js';
import { aCoop, aMember, type TestBrand, type TestMember } from '../../support/builders/membership.js';
import { aCell, aWorkshop, DAILY } from '../../support/builders/workshops.js';
import { until } from '../../support/until.js';
import { mutate } from '../workshops/mutate.js';

const NOW = '2026-11-18T08:00:00.000Z';
const MORNING = { fromAt: '2026-11-19T07:00:00.000Z', toAt: '2026-11-19T10:00:00.000Z' };
const TERMS = { leadHours: 24, refund: { reclaimPercent: 80, cancelTiers: [] } };
// Only on Thursday morning, when the station is out.
const NOWHERE_ELSE = { leadHours: 0, windows: [{ weekday: 4, fromMinute: 480, toMinute: 660 }] };

let app: TestApp;
let provider: TestProvider;
let operator: TestMember;
let buyer: TestBrand;

beforeAll(async () => {
  app = await startTestApp({ worker: true });
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  const coop = await aCoop(app);
  const workshop = await aWorkshop(app, coop);
  const print = await aCell(app, workshop, { stations: 1 });
  const qa = await aCell(app, workshop, { kind: 'qa', name: 'Check', stations: 1 });
  provider = { ...coop, print, qa };
  operator = await aMember(app, coop, ['operator']);
  buyer = await aBuyer(app);
});
afterEach(async () => {
  expect(await brokenTrade(app)).toEqual({});
});

const takeOut = (stationId = provider.print.stationIds[0]) =>
  mutate(
    app,
    operator,
    'takeOutOfService',
    'StationTakenOut { left { because booking { id } } closure { id } }',
    { coopId: provider.coopId, stationId, ...MORNING, reason: 'Broken belt', requestId: randomUUID() },
  );
const live = (order: TestOrder | null): string[] =>
  (order?.bookings ?? [])
    .filter(({ state }) => state === 'CONFIRMED')
    .map(({ fromAt, toAt }) => `${fromAt.slice(8, 16)} ${toAt.slice(8, 16)}`);
const told = async (accountId: string): Promise<string[]> =>
  (
    await app.database.query<{ kind: string }>('select kind from notice where account_id = $1 order by id', [
      accountId,
    ])
  ).map(({ kind }) => kind);
const wordsOf = async (accountId: string, kind: string): Promise<string[]> =>
  (
    await app.database.query<{ body: string }>(
      'select body from notice where account_id = $1 and kind = $2',
      [accountId, kind],
    )
  ).map(({ body }) => body);
/** Such as `promised by 20 Nov 2026, 13:00 (Europe/Berlin)`: in November an hour ahead of UTC. */
function promised({ promisedAt }: TestOrder): string {
  const there = new Date(Date.parse(promisedAt) + 3_600_000).toISOString();
  return `promised by ${there.slice(8, 10)} Nov 2026, ${there.slice(11, 16)} (Europe/Berlin)`;
}
const bothTold = (kind: string): Promise<unknown> =>
  until(`both sides are told: ${kind}`, async () => {
    const [ofBuyer, ofProvider] = await Promise.all([told(buyer.brandId), told(operator.accountId)]);
    return ofBuyer.includes(kind) && ofProvider.includes(kind);
  });

describe('a service order whose only station is taken out of service', () => {
  it('finds another place that keeps its promise, and both sides are told', async () => {
    const order = await anOrder(app, buyer, await anOffer(app, provider, { ...TERMS, windows: DAILY }));
    expect(live(order)).toEqual(['19T08:00 19T09:30', '19T09:30 19T10:00']);
    expect(await takeOut()).toMatchObject({ left: [{ because: 'NO_ROOM' }] });
    await bothTold('service_order_moved');
    // By the clocks of the workshop, as its other notices say it.
    expect((await wordsOf(operator.accountId, 'service_ordered')).at(0)).toContain(promised(order));
    for (const account of [buyer.brandId, operator.accountId])
      expect((await wordsOf(account, 'service_order_moved')).at(0)).toContain(promised(order));
    const seen = await seenOrder(app, buyer, order);
    expect(seen).toMatchObject({ state: 'ACCEPTED', refundedMinor: '0', promisedAt: order.promisedAt });
    expect(live(seen)).toEqual(['19T10:00 19T11:30', '19T11:30 19T12:00']);
  });

  it('is refunded by the terms of its offer when no other place keeps the promise', async () => {
    const terms = { ...TERMS, ...NOWHERE_ELSE, firmHours: 4 };
    const order = await anOrder(app, buyer, await anOffer(app, provider, terms));
    await takeOut();
    await bothTold('service_order_reclaimed');
    const seen = await seenOrder(app, buyer, order);
    expect(seen).toMatchObject({ state: 'RECLAIMED', priceMinor: '2650', refundedMinor: '2120' });
    expect(live(seen)).toEqual([]);
  });

  it('is refunded in full once its window was firm, since nobody may take that back', async () => {
    const terms = { ...TERMS, ...NOWHERE_ELSE, firmHours: 24 };
    const order = await anOrder(app, buyer, await anOffer(app, provider, terms));
    await takeOut();
    await bothTold('service_order_refunded');
    expect(await seenOrder(app, buyer, order)).toMatchObject({ state: 'REFUNDED', refundedMinor: '2650' });
  });

  it('stays where it is once its work has begun', async () => {
    const order = await anOrder(app, buyer, await anOffer(app, provider, { ...TERMS, windows: DAILY }));
    const [first] = order.bookings;
    await app.database.query('update booking set checked_in_at = held_at where id = $1', [first?.id]);
    expect(await takeOut()).toMatchObject({ left: [{ because: 'CHECKED_IN' }] });
    const jobs = await app.database.query(
      `select 1 from graphile_worker.jobs where task_identifier = 'replace_displaced_order'`,
    );
    expect(jobs).toEqual([]);
    expect(live(await seenOrder(app, buyer, order))).toEqual(live(order));
  });
});
