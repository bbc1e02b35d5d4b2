import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_TARIFF, type Tariff } from '@touchmark/pricing';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { aTariff } from '../../support/builders/pricing.js';
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

interface Priced {
  readonly priceMinor: string;
  readonly chargedMinor: string;
  readonly priceLines: readonly { code: string; minutes: number | null; amountMinor: string }[];
}

async function priced(bookingId: string, who: Pick<TestMember, 'token'> = member): Promise<Priced> {
  const query = `query ($coopId: ID!, $id: ID!) { booking(coopId: $coopId, id: $id) {
    priceMinor chargedMinor priceLines { code minutes amountMinor } } }`;
  return (
    await app.gql<{ booking: Priced }>(query, { coopId: coop.coopId, id: bookingId }, { token: who.token })
  ).booking;
}

/** What the ledger says that the member owes for a booking. */
async function owed(bookingId: string): Promise<string> {
  const [row] = await app.database.query<{ sum: string }>(
    `select coalesce(sum(amount_minor), 0)::text as sum from ledger_entry as entry
       join ledger_transaction as posted on posted.coop_id = entry.coop_id and posted.id = entry.transaction_id
      where posted.coop_id = $1 and posted.reference = $2 and entry.account = 'member_receivable'`,
    [coop.coopId, bookingId],
  );
  return row?.sum ?? 'nothing';
}

const linesOf = ({ priceLines }: Priced): unknown[] =>
  priceLines.map(({ code, minutes, amountMinor }) => [code, minutes, amountMinor]);

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

describe('a changeover', () => {
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
    await confirm(between);
    expect(await owed(between)).toBe('1500');
  });

  it('is free where the tariff does not charge it', async () => {
    const of = await aCellWithChangeovers();
    await held(hours(10, 11), { of });
    expect(linesOf(await priced(await held(hours(14, 15), { of, family: 'c' })))).toEqual([
      ['base', 60, '2400'],
    ]);
  });
});

describe('a simulation', () => {
  it('of the tariff in force gives what was charged, to the cent', async () => {
    const curve = busy(
      [
        { atPercent: 10, percent: 115 },
        { atPercent: 30, percent: 133 },
      ],
      {
        leadTime: [
          { hours: 0, percent: 107 },
          { hours: 24, percent: 93 },
        ],
        ceilingPercent: 160,
      },
    );
    const tariff = {
      ...NO_TARIFF,
      ...curve,
      bands: [LATE],
      classes: [{ memberClass: 'student', percent: 66 }],
    };
    await set(tariff);
    const student = await aMember(app, coop);
    await app.database.query(`update membership set class = 'student' where account_id = $1`, [
      student.accountId,
    ]);
    const asked: [TestMember, [string, string]][] = [
      [member, hours(10, 12)],
      [student, hours(10, 13)],
      [member, hours(13, 17)],
      [student, hours(18, 20)],
      [member, hours(10, 12, '2026-11-20')],
      [student, hours(12, 19, '2026-11-20')],
    ];
    for (const [who, window] of asked) {
      expect(await confirm(await held(window, { who }), who)).toMatchObject({
        __typename: 'BookingConfirmed',
      });
      await app.clock.step(61_000);
    }
    await app.clock.freeze(new Date('2026-11-23T08:00:00Z'));
    const query = `query ($coopId: ID!, $tariff: TariffInput!) { simulateTariff(coopId: $coopId, tariff: $tariff) {
      ... on TariffSimulation { bookings nowMinor members { deltaMinor bookings } weeks { deltaMinor } } } }`;
    const { simulateTariff } = await app.gql<{
      simulateTariff: { bookings: number; nowMinor: string; members: object[]; weeks: object[] };
    }>(query, { coopId: coop.coopId, tariff }, { token: await signedIn(app, coop.admin.email) });
    expect(simulateTariff.bookings).toBe(6);
    expect(BigInt(simulateTariff.nowMinor)).toBeGreaterThan(40_000n);
    expect(simulateTariff.members).toEqual([
      { deltaMinor: '0', bookings: 3 },
      { deltaMinor: '0', bookings: 3 },
    ]);
    expect(simulateTariff.weeks.filter((week) => JSON.stringify(week) !== '{"deltaMinor":"0"}')).toEqual([]);
  });
});
