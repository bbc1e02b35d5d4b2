import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Tariff } from '@touchmark/pricing';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import {
  aTariff,
  linesOf,
  owedFor,
  pricedBooking,
  type PricedBooking,
} from '../../support/builders/pricing.js';
import { aCell, aHold, aWorkshop, changeClaim, type TestCell } from '../../support/builders/workshops.js';

// A Wednesday, 09:00 in Berlin. Two stations, open from 08:00 to 20:00: 1440 minutes a day, at 24.00 an hour.
const NOW = '2026-11-18T08:00:00.000Z';

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  member = await aMember(app, coop);
  cell = await aCell(app, await aWorkshop(app, coop));
});

/** From one hour of the Wednesday in Berlin to another. */
const hours = (from: number, to: number, day = '2026-11-18'): [string, string] => [
  `${day}T${String(from - 1).padStart(2, '0')}:00:00Z`,
  `${day}T${String(to - 1).padStart(2, '0')}:00:00Z`,
];

const set = (tariff: Partial<Tariff>): Promise<void> =>
  aTariff(app, coop.admin, { coopId: coop.coopId }, tariff);

const priced = (bookingId: string): Promise<PricedBooking> =>
  pricedBooking(app, member, coop.coopId, bookingId);

async function held(
  window: readonly [string, string],
  { of, ...input }: { of: TestCell; family?: string },
): Promise<string> {
  return (await aHold(app, member, of, window, input)).id;
}

/** One station with families: a to c takes 10 minutes and 10.00, by way of b 15 minutes and nothing. */
async function aCellWithChangeovers(): Promise<TestCell> {
  const made = await aCell(app, cell, { stations: 1 });
  await app.database.query(
    `insert into setup_family (coop_id, cell_id, name) select $1, $2, unnest(array['a', 'b', 'c'])`,
    [made.coopId, made.cellId],
  );
  await app.database.query(
    `insert into changeover (coop_id, cell_id, from_family, to_family, minutes, cost_minor)
     select $1, $2, * from (values ('a', 'c', 10, 1000), ('a', 'b', 10, 0), ('b', 'c', 5, 0), ('c', '*', 30, 500)) as row`,
    [made.coopId, made.cellId],
  );
  await app.database.query(`update cell set default_family = 'a' where id = $1`, [made.cellId]);
  return made;
}

describe('the price of a changeover', () => {
  it('is charged to the booking that causes it, and credited to one that saves it', async () => {
    await set({ changeover: { charge: true, hourlyPercent: 50 } });
    const of = await aCellWithChangeovers();
    expect(linesOf(await priced(await held(hours(10, 11), { of })))).toEqual([['base', 60, '2400']]);
    const after = await held(hours(14, 15), { of, family: 'c' });
    expect(linesOf(await priced(after))).toEqual([
      ['base', 60, '2400'],
      ['changeover', 10, '1200'],
    ]);
    // Five minutes more in all, at half the rate, and 10.00 less.
    const between = await held(hours(12, 13), { of, family: 'b' });
    expect(linesOf(await priced(between))).toEqual([
      ['base', 60, '2400'],
      ['changeover', 5, '-900'],
    ]);
    expect((await priced(after)).priceMinor).toBe('3600');
    await changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId: between });
    expect(await owedFor(app, coop.coopId, between)).toBe('1500');
  });

  it('is free where the tariff does not charge it', async () => {
    const of = await aCellWithChangeovers();
    await held(hours(10, 11), { of });
    expect(linesOf(await priced(await held(hours(14, 15), { of, family: 'c' })))).toEqual([
      ['base', 60, '2400'],
    ]);
  });
});
