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
import { aMove, aTariff } from '../../support/builders/pricing.js';
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

const LATE = { weekday: 3, fromMinute: 660, toMinute: 1200, percent: 150, label: 'Late' };

async function confirmed(who: TestMember, window: readonly [string, string]): Promise<string> {
  const { id } = await aHold(app, who, cell, window);
  const answer = await changeClaim(app, who, 'confirmBooking', { coopId: coop.coopId, bookingId: id });
  expect(answer.__typename).toBe('BookingConfirmed');
  return id;
}

const TARIFF: Tariff = {
  ...NO_TARIFF,
  bands: [LATE],
  load: {
    enabled: true,
    utilisation: [
      { atPercent: 10, percent: 115 },
      { atPercent: 30, percent: 133 },
    ],
    leadTime: [
      { hours: 0, percent: 107 },
      { hours: 24, percent: 93 },
    ],
    floorPercent: 0,
    ceilingPercent: 160,
  },
  classes: [{ memberClass: 'student', percent: 66 }],
};

describe('a simulation of the tariff in force', () => {
  it('gives what was charged, to the cent, also for a booking that was moved', async () => {
    await aTariff(app, coop.admin, { coopId: coop.coopId }, TARIFF);
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
      await confirmed(who, window);
      await app.clock.step(31_000);
    }
    // A day and two minutes ahead when it was booked, less than a day when it was moved.
    await app.clock.freeze(new Date('2026-11-18T08:28:00Z'));
    const again = { ...member, token: await signedIn(app, member.email) };
    const early = await confirmed(again, hours(8, 10, '2026-11-20'));
    await app.clock.step(200_000);
    await aMove(app, again, coop.coopId, early, ['2026-11-19T08:30:00Z', '2026-11-19T10:30:00Z']);
    // Moved while it was held, a day and two minutes ahead, and confirmed less than a day ahead.
    await app.clock.freeze(new Date('2026-11-18T08:58:00Z'));
    const own = { ...student, token: await signedIn(app, student.email) };
    const { id: hold } = await aHold(app, own, cell, hours(19, 20, '2026-11-19'));
    const { id: movedHold } = await aMove(app, own, coop.coopId, hold, hours(10, 11, '2026-11-19'));
    await app.clock.step(200_000);
    await changeClaim(app, own, 'confirmBooking', { coopId: coop.coopId, bookingId: movedHold });
    await app.clock.freeze(new Date('2026-11-23T08:00:00Z'));
    const query = `query ($coopId: ID!, $tariff: TariffInput!) { simulateTariff(coopId: $coopId, tariff: $tariff) {
      ... on TariffSimulation { bookings nowMinor members { deltaMinor bookings } weeks { deltaMinor } } } }`;
    const { simulateTariff } = await app.gql<{
      simulateTariff: { bookings: number; nowMinor: string; members: object[]; weeks: object[] };
    }>(query, { coopId: coop.coopId, tariff: TARIFF }, { token: await signedIn(app, coop.admin.email) });
    expect(simulateTariff.bookings).toBe(8);
    expect(BigInt(simulateTariff.nowMinor)).toBeGreaterThan(40_000n);
    expect(simulateTariff.members).toHaveLength(2);
    expect(simulateTariff.members).toEqual(
      expect.arrayContaining([
        { deltaMinor: '0', bookings: 4 },
        { deltaMinor: '0', bookings: 4 },
      ]),
    );
    expect(simulateTariff.weeks.filter((week) => JSON.stringify(week) !== '{"deltaMinor":"0"}')).toEqual([]);
  });
});
