import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_TARIFF, type Tariff } from '@touchmark/pricing';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import { aPastBooking, aTariff } from '../../support/builders/pricing.js';
import { aCell, aWorkshop, type TestCell, type TestWorkshop } from '../../support/builders/workshops.js';

// A Wednesday, 09:00 in Berlin; the quarter before it begins on 2026-08-20 at 10:00 in Berlin.
const NOW = '2026-11-18T08:00:00.000Z';

let app: TestApp;
let coop: TestCoop;
let workshop: TestWorkshop;
let cell: TestCell;
let printer: TestMember;
let student: TestMember;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  workshop = await aWorkshop(app, coop);
  cell = await aCell(app, workshop, { stations: 1 });
  [printer, student] = [await aMember(app, coop), await aMember(app, coop)];
  await app.database.query(`update membership set class = 'student' where account_id = $1`, [
    student.accountId,
  ]);
});

const SUMS = 'bookings dearerBookings nowMinor thenMinor deltaMinor';
const SIMULATE = `query ($coopId: ID!, $cellId: ID, $tariff: TariffInput!) {
  simulateTariff(coopId: $coopId, cellId: $cellId, tariff: $tariff) { __typename
    ... on Refusal { message } ... on FloorAboveCeiling { floorPercent ceilingPercent }
    ... on TariffSimulation { ${SUMS} fromAt toAt currency assumptions memberCount
      weeks { weekOf ${SUMS} bookedMinutes openMinutes utilisationPercent }
      classes { memberClass members membersPayingMore ${SUMS} }
      members { accountId name memberClass ${SUMS} } } } }`;

interface Sums {
  readonly bookings: number;
  readonly nowMinor: string;
  readonly thenMinor: string;
}
interface Simulation extends Sums {
  readonly __typename: string;
  readonly memberCount: number;
  readonly assumptions: readonly string[];
  readonly weeks: readonly (Sums & { weekOf: string; openMinutes: number; bookedMinutes: number })[];
  readonly classes: readonly Sums[];
  readonly members: readonly (Sums & { accountId: string | null; name: string | null })[];
}

async function simulated(
  tariff: Partial<Tariff>,
  more: { readonly cellId?: string; readonly token?: string } = {},
): Promise<Simulation> {
  const { token = coop.admin.token, ...place } = more;
  const variables = { coopId: coop.coopId, tariff: { ...NO_TARIFF, ...tariff }, ...place };
  return (await app.gql<{ simulateTariff: Simulation }>(SIMULATE, variables, { token })).simulateTariff;
}

const sums = (bookings: number, dearerBookings: number, now: number, then: number): object => ({
  ...{ bookings, dearerBookings, nowMinor: String(now), thenMinor: String(then) },
  deltaMinor: String(then - now),
});

const LOAD: Partial<Tariff> = {
  bands: [{ weekday: 1, fromMinute: 1020, toMinute: 1200, percent: 150, label: 'Evening' }],
  load: {
    enabled: true,
    utilisation: [
      { atPercent: 50, percent: 120 },
      { atPercent: 60, percent: 150 },
    ],
    leadTime: [
      { hours: 0, percent: 110 },
      { hours: 24, percent: 100 },
    ],
    floorPercent: 0,
    ceilingPercent: 160,
  },
  classes: [{ memberClass: 'student', percent: 50 }],
};

/**
 * One station, open 720 minutes a day, at 24.00 an hour. On Monday 16 November, in the order in which they were made:
 * 6 h (the day is empty: 144.00); 2 h by the student, 25 h ahead, at 50 %: 48.00 x 1.2 x 0.5 = 28.80; 2 h, 1 h ahead, at
 * 66 %, half of it in the evening: (48.00 + 12.00) x 1.5 x 1.1 = 99.00, at most 1.6 x 48.00 = 76.80. On 11 November the
 * student had an hour, half of it prepaid, with a changeover of 5.00: 24.00 x 0.5 x 0.5 + 5.00 = 11.00 instead of 17.00.
 */
async function theSmallWorld(): Promise<void> {
  const lines = [
    { code: 'base', label: 'Base rate', minutes: 60, amountMinor: '2400' },
    { code: 'credit', label: 'Prepaid hours', minutes: 30, amountMinor: '-1200' },
    { code: 'changeover', label: 'Changeover caused', minutes: 10, amountMinor: '500' },
  ];
  const made = (heldAt: string): { heldAt: string } => ({ heldAt });
  const book = (who: TestMember, from: string, to: string, more: object): Promise<void> =>
    aPastBooking(app, cell, who, [from, to], more);
  await book(printer, '2026-11-16T15:00Z', '2026-11-16T17:00Z', made('2026-11-16T14:00Z'));
  await book(student, '2026-11-16T13:00Z', '2026-11-16T15:00Z', made('2026-11-15T12:00Z'));
  await book(printer, '2026-11-16T07:00Z', '2026-11-16T13:00Z', made('2026-11-10T12:00Z'));
  await book(student, '2026-11-11T09:00Z', '2026-11-11T10:00Z', { priceMinor: 1700n, lines });
  // None of these counts: begun before the quarter, not begun yet, taken back, missed, never confirmed.
  await book(printer, '2026-08-20T07:30Z', '2026-08-20T08:00Z', {});
  await book(printer, '2026-11-18T08:00Z', '2026-11-18T09:00Z', {});
  await book(printer, '2026-11-17T08:00Z', '2026-11-17T09:00Z', { state: 'cancelled' });
  await book(printer, '2026-11-17T10:00Z', '2026-11-17T11:00Z', { state: 'no_show' });
  await book(printer, '2026-11-17T12:00Z', '2026-11-17T13:00Z', { state: 'held' });
}

describe('a simulation of a tariff', () => {
  it('prices a small world as it was worked out by hand', async () => {
    await theSmallWorld();
    const answer = await simulated(LOAD);
    expect(answer).toMatchObject({
      ...sums(4, 1, 25_700, 26_060),
      ...{ fromAt: '2026-08-20T08:00:00.000Z', toAt: NOW, currency: 'EUR', memberCount: 2 },
      classes: [
        { memberClass: 'standard', members: 1, membersPayingMore: 1, ...sums(2, 1, 19_200, 22_080) },
        { memberClass: 'student', members: 1, membersPayingMore: 0, ...sums(2, 0, 6500, 3980) },
      ],
      members: [
        {
          accountId: printer.accountId,
          name: expect.stringMatching(/^Member /),
          ...sums(2, 1, 19_200, 22_080),
        },
        { accountId: student.accountId, memberClass: 'student', ...sums(2, 0, 6500, 3980) },
      ],
    });
    expect(answer.assumptions[0]).toContain('The same bookings');
  });

  it('has a line for every week, with the minutes inside the quarter', async () => {
    await theSmallWorld();
    const { weeks } = await simulated(LOAD);
    expect(weeks).toHaveLength(14);
    expect(weeks[0]).toMatchObject({ weekOf: '2026-08-17', openMinutes: 600 + 3 * 720, bookedMinutes: 0 });
    expect(weeks.slice(-2)).toEqual([
      {
        ...{ weekOf: '2026-11-09', bookedMinutes: 60, openMinutes: 5040, utilisationPercent: 1 },
        ...sums(1, 0, 1700, 1100),
      },
      {
        ...{ weekOf: '2026-11-16', bookedMinutes: 600, openMinutes: 2 * 720 + 60, utilisationPercent: 40 },
        ...sums(3, 1, 24_000, 24_960),
      },
    ]);
  });

  it('is of the cells that follow the co-op, or of the one cell that is named', async () => {
    const own = await aCell(app, workshop, { stations: 1, hourlyRateMinor: 1200n });
    await aPastBooking(app, own, printer, ['2026-11-16T09:00Z', '2026-11-16T10:00Z'], { priceMinor: 1200n });
    await aPastBooking(app, cell, printer, ['2026-11-16T09:00Z', '2026-11-16T10:00Z'], {});
    const double = { classes: [{ memberClass: 'standard', percent: 200 }] };
    expect(await simulated(double)).toMatchObject(sums(2, 2, 3600, 7200));
    await aTariff(app, coop.admin, { coopId: coop.coopId, cellId: own.cellId }, {});
    expect(await simulated(double)).toMatchObject(sums(1, 1, 2400, 4800));
    expect(await simulated(double, { cellId: own.cellId })).toMatchObject(sums(1, 1, 1200, 2400));
    await aTariff(app, coop.admin, { coopId: coop.coopId, cellId: own.cellId }, null);
    expect(await simulated(double)).toMatchObject(sums(2, 2, 3600, 7200));
  });

  it('sums to the same by week, by class and by member, and to what was paid without a tariff', async () => {
    for (let day = 1; day <= 60; day += 1) {
      const at = Date.parse('2026-09-10T06:00Z') + day * 86_400_000;
      const window = [
        new Date(at).toISOString(),
        new Date(at + ((day % 7) + 1) * 1_800_000).toISOString(),
      ] as const;
      await aPastBooking(app, cell, day % 3 === 0 ? student : printer, window, {});
    }
    const all = await simulated(LOAD);
    expect(all.bookings).toBe(60);
    for (const parts of [all.weeks, all.classes, all.members]) {
      const total = (of: (each: Sums) => string | number): bigint =>
        parts.reduce((sum, each) => sum + BigInt(of(each)), 0n);
      expect(total((each) => each.bookings)).toBe(60n);
      expect(total((each) => each.nowMinor)).toBe(BigInt(all.nowMinor));
      expect(total((each) => each.thenMinor)).toBe(BigInt(all.thenMinor));
    }
    const plain = await simulated({});
    expect([plain.nowMinor, plain.thenMinor]).toEqual([all.nowMinor, all.nowMinor]);
  });

  it('keeps from the treasurer whose bookings they are, and from members all of it', async () => {
    await theSmallWorld();
    const { token } = await aMember(app, coop, ['treasurer']);
    const { members } = await simulated(LOAD, { token });
    expect(members.map(({ accountId, name }) => [accountId, name])).toEqual([
      [null, null],
      [null, null],
    ]);
    await expect(simulated(LOAD, { token: printer.token })).rejects.toThrow(/role/);
  });

  it('refuses a tariff that cannot be and a cell that is not there, and never sets one', async () => {
    const load = { ...NO_TARIFF.load, floorPercent: 101, ceilingPercent: 100 };
    expect(await simulated({ load })).toMatchObject({ __typename: 'FloorAboveCeiling', floorPercent: 101 });
    expect(await simulated({ peerPercent: -1 })).toMatchObject({ __typename: 'InputRefused' });
    const other = await aCell(app, await aWorkshop(app, await aCoop(app)));
    for (const cellId of [randomUUID(), other.cellId, 'print'])
      expect(await simulated(LOAD, { cellId })).toMatchObject({ __typename: 'NotFound' });
    await simulated(LOAD);
    expect(await app.database.query('select 1 from tariff where coop_id = $1', [coop.coopId])).toEqual([]);
  });
});
