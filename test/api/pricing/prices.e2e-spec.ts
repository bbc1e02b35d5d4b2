import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_TARIFF, type Tariff } from '@touchmark/pricing';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import {
  aMove,
  aTariff,
  linesOf,
  owedFor,
  pricedBooking,
  type PricedBooking,
} from '../../support/builders/pricing.js';
import {
  DAILY,
  aCell,
  aHold,
  aWorkshop,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';

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

const priced = (bookingId: string, who: Pick<TestMember, 'token'> = member): Promise<PricedBooking> =>
  pricedBooking(app, who, coop.coopId, bookingId);
const owed = (bookingId: string): Promise<string> => owedFor(app, coop.coopId, bookingId);

async function held(
  window: readonly [string, string],
  { who = member, of = cell, ...input }: { who?: TestMember; of?: TestCell; [field: string]: unknown } = {},
): Promise<string> {
  return (await aHold(app, who, of, window, input)).id;
}

const confirm = (bookingId: string, who: Pick<TestMember, 'token'> = member): Promise<object> =>
  changeClaim(app, who, 'confirmBooking', { coopId: coop.coopId, bookingId });

const LATE = { weekday: 3, fromMinute: 660, toMinute: 1200, percent: 150, label: 'Late' };
const busy = (
  points: Tariff['load']['utilisation'],
  more: Partial<Tariff['load']> = {},
): Partial<Tariff> => ({
  load: { ...NO_TARIFF.load, enabled: true, utilisation: points, ...more },
});

describe('the price of a booking', () => {
  it('is quoted in lines, frozen in the hold, and charged by the confirmation', async () => {
    await app.database.query(`update membership set class = 'student' where account_id = $1`, [
      member.accountId,
    ]);
    await set({ bands: [LATE], classes: [{ memberClass: 'student', percent: 50 }] });
    const id = await held(hours(10, 12));
    await set({ bands: [{ ...LATE, percent: 300 }] });
    await app.database.query('update cell set hourly_rate_minor = 9900 where id = $1', [cell.cellId]);
    const hold = await priced(id);
    expect(linesOf(hold)).toEqual([
      ['base', 120, '4800'],
      ['peak', 60, '1200'],
      ['class', null, '-3000'],
    ]);
    expect(hold).toMatchObject({ priceMinor: '3000', chargedMinor: '0' });
    expect(await confirm(id)).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(await priced(id)).toEqual({ ...hold, chargedMinor: '3000' });
    expect(await owed(id)).toBe('3000');
  });

  it('is less in quiet hours and by a tariff of the cell', async () => {
    await set({ bands: [LATE] });
    await aTariff(
      app,
      coop.admin,
      { coopId: coop.coopId, cellId: cell.cellId },
      { bands: [{ ...LATE, fromMinute: 0, toMinute: 660, percent: 50 }] },
    );
    expect(linesOf(await priced(await held(hours(9, 12))))).toEqual([
      ['base', 180, '7200'],
      ['quiet', 120, '-2400'],
    ]);
  });

  it('rises with what others have booked or hold that day, and falls when they let go', async () => {
    await set(busy([{ atPercent: 25, percent: 120 }]));
    const others = await aMember(app, coop);
    const first = await held(hours(10, 16), { who: others });
    expect((await priced(first, others)).priceMinor).toBe('14400');
    const full = [
      ['base', 60, '2400'],
      ['load', null, '480'],
    ];
    for (const stationId of [undefined, ...cell.stationIds]) {
      const window = stationId === cell.stationIds[0] ? hours(18, 19) : hours(17, 18);
      const named = stationId === undefined ? {} : { stationId };
      const id = await held(window, named);
      expect(linesOf(await priced(id))).toEqual(full);
      await changeClaim(app, member, 'releaseHold', { coopId: coop.coopId, bookingId: id });
    }
    expect((await priced(await held(hours(10, 11, '2026-11-19')))).priceMinor).toBe('2400');
    await changeClaim(app, others, 'releaseHold', { coopId: coop.coopId, bookingId: first });
    expect((await priced(await held(hours(17, 18)))).priceMinor).toBe('2400');
  });

  it('forgets a hold of others from the very moment that it lapses', async () => {
    await set(busy([{ atPercent: 25, percent: 120 }]));
    await held(hours(10, 16), { who: await aMember(app, coop) });
    await app.clock.step(15 * 60_000 - 1);
    const who = await aMember(app, coop);
    expect((await priced(await held(hours(17, 18), { who }), who)).priceMinor).toBe('2880');
    await app.clock.step(1);
    expect((await priced(await held(hours(18, 19), { who }), who)).priceMinor).toBe('2400');
  });

  it('counts every station of the cell, also for the whole of a day on a station that is named', async () => {
    await set(busy([{ atPercent: 50, percent: 120 }]));
    const openingHours = DAILY.map((day) => ({ ...day, fromMinute: 0, toMinute: 1440 }));
    const always = await aCell(app, await aWorkshop(app, coop, { openingHours }), { maxMinutes: 1440 });
    const day = ['2026-11-18T23:00:00Z', '2026-11-19T23:00:00Z'] as const;
    const [stationId, other] = always.stationIds;
    await held(day, { who: await aMember(app, coop), of: always, stationId });
    expect(linesOf(await priced(await held(day, { of: always, stationId: other })))).toEqual([
      ['base', 1440, '57600'],
      ['load', null, '11520'],
    ]);
  });

  it('of a booking that moves on its day does not count its own old window, on any station', async () => {
    await set(busy([{ atPercent: 25, percent: 120 }]));
    const first = await held(hours(10, 16));
    await confirm(first);
    let last = first;
    for (const [from, stationId] of [
      [11, undefined],
      [12, cell.stationIds[0]],
      [13, cell.stationIds[1]],
    ] as const) {
      const named = stationId === undefined ? {} : { stationId };
      const moved = await aMove(app, member, coop.coopId, last, hours(from, from + 6), named);
      expect(moved.priceMinor).toBe('14400');
      last = moved.id;
    }
    expect((await priced(await held(hours(10, 11)))).priceMinor).toBe('2880');
    expect([await owed(last), await owed(first)]).toEqual(['14400', '0']);
  });

  it('goes by how long before it is booked, to the minute', async () => {
    await set(busy([], { leadTime: [{ hours: 24, percent: 80 }] }));
    expect((await priced(await held(hours(9, 10, '2026-11-19')))).priceMinor).toBe('1920');
    await app.clock.step(1);
    expect((await priced(await held(hours(9, 10, '2026-11-19')))).priceMinor).toBe('2400');
  });

  it('stays between floor and ceiling, and says so', async () => {
    await set({ ...busy([{ atPercent: 0, percent: 300 }], { ceilingPercent: 140 }), bands: [LATE] });
    expect(linesOf(await priced(await held(hours(11, 12))))).toEqual([
      ['base', 60, '2400'],
      ['peak', 60, '1200'],
      ['load', null, '7200'],
      ['bound', null, '-7440'],
    ]);
  });
});
