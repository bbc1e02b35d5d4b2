import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, askForSlot, type TestCell } from '../../support/builders/workshops.js';
import { mutate } from './mutate.js';

// Through the night from Saturday to Sunday, in which clocks are changed.
const NIGHT = [
  { weekday: 6, fromMinute: 1320, toMinute: 1440 },
  { weekday: 7, fromMinute: 0, toMinute: 360 },
];

let app: TestApp;
let coop: TestCoop;
let member: TestMember;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});

/** A cell with night hours of its own in a workshop of this zone that is open by day. */
async function nightCell(timeZone: string): Promise<TestCell> {
  coop = await aCoop(app);
  member = await aMember(app, coop);
  const workshop = await aWorkshop(app, coop, { timeZone });
  const cell = await aCell(app, workshop, { maxMinutes: 720 });
  await setHours(cell, { openingHours: NIGHT });
  return cell;
}

async function setHours({ coopId, cellId }: TestCell, hours: object): Promise<void> {
  const input = { coopId, cellId, ...hours };
  const { __typename } = await mutate(app, coop.admin, 'setOwnHours', 'OwnHoursSet { cell { id } }', input);
  expect(__typename).toBe('OwnHoursSet');
}

/** The free windows around an instant, as `from/to` without seconds, with the stations that are free. */
async function free({ coopId, workshopId }: TestCell, around: string): Promise<string[]> {
  const query = `query ($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
    freeSlots(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
      windows { fromAt toAt freeStations } } }`;
  const [fromAt, toAt] = [-18, 18].map((hours) =>
    new Date(Date.parse(`${around}:00Z`) + hours * 3_600_000).toISOString(),
  );
  const { freeSlots } = await app.gql<{
    freeSlots: { windows: { fromAt: string; toAt: string; freeStations: number }[] }[];
  }>(query, { coopId, workshopId, fromAt, toAt }, { token: member.token });
  return freeSlots.flatMap(({ windows }) =>
    windows.map(
      (window) => `${window.fromAt.slice(0, 16)}/${window.toAt.slice(0, 16)} ${String(window.freeStations)}`,
    ),
  );
}

describe.each([
  // zone, way, the Sunday, opens at, midnight, closes at, price of the whole night
  [
    ...['Europe/Berlin', 'back', '2026-10-25', '2026-10-24T20:00', '2026-10-24T22:00'],
    ...['2026-10-25T05:00', '21600'],
  ],
  [
    ...['Europe/Berlin', 'forward', '2027-03-28', '2027-03-27T21:00', '2027-03-27T23:00'],
    ...['2027-03-28T04:00', '16800'],
  ],
  [
    ...['America/New_York', 'back', '2026-11-01', '2026-11-01T02:00', '2026-11-01T04:00'],
    ...['2026-11-01T11:00', '21600'],
  ],
  [
    ...['America/New_York', 'forward', '2027-03-14', '2027-03-14T03:00', '2027-03-14T05:00'],
    ...['2027-03-14T10:00', '16800'],
  ],
  [
    ...['Australia/Lord_Howe', 'back', '2027-04-04', '2027-04-03T11:00', '2027-04-03T13:00'],
    ...['2027-04-03T19:30', '20400'],
  ],
  [
    ...['Australia/Lord_Howe', 'forward', '2026-10-04', '2026-10-03T11:30', '2026-10-03T13:30'],
    ...['2026-10-03T19:00', '18000'],
  ],
])(
  'own hours over midnight, when the clocks of %s go %s',
  (zone = '', _ = '', sunday = '', opens = '', midnight = '', closes = '', priceMinor = '') => {
    let cell: TestCell;
    beforeEach(async () => {
      await app.clock.freeze(new Date(Date.parse(`${opens}:00Z`) - 48 * 3_600_000));
      cell = await nightCell(zone);
    });

    it('are one window of the hours that really pass, and are held at their price', async () => {
      expect(await free(cell, midnight)).toEqual([`${opens}/${closes} 2`]);
      const whole = await aHold(app, member, cell, [`${opens}:00Z`, `${closes}:00Z`]);
      expect(whole.priceMinor).toBe(priceMinor);
      expect(await free(cell, midnight)).toEqual([`${opens}/${closes} 1`]);
    });

    it('end at midnight when the day of the change is a holiday of the cell', async () => {
      const { coopId, workshopId, cellId } = cell;
      const input = { coopId, workshopId, cellId, dates: [sunday], reason: 'Quiet night' };
      await mutate(app, coop.admin, 'addHolidays', 'HolidaysAdded { closures { id } }', input);
      expect(await free(cell, midnight)).toEqual([`${opens}/${midnight} 2`]);
      const over = await askForSlot(app, member, cell, [`${opens}:00Z`, `${closes}:00Z`]);
      expect(over.__typename).toBe('OutsideOpeningHours');
    });

    it('give way to those of one station', async () => {
      await setHours(cell, { stationId: cell.stationIds[0], openingHours: NIGHT.slice(1) });
      expect(await free(cell, midnight)).toEqual([`${opens}/${midnight} 1`, `${midnight}/${closes} 2`]);
    });
  },
);

describe('a changeover over the hour that is skipped', () => {
  // What ends at 01:00 and what starts when the clocks have gone forward are one real hour apart.
  it.each([
    ['Europe/Berlin', '2027-03-27T23:00', '2027-03-28T00:00', '2027-03-28T01:00', '2027-03-28T02:00'],
    ['America/New_York', '2027-03-14T05:00', '2027-03-14T06:00', '2027-03-14T07:00', '2027-03-14T08:00'],
    ['Australia/Lord_Howe', '2026-10-03T13:30', '2026-10-03T14:30', '2026-10-03T15:30', '2026-10-03T16:30'],
  ])('has the real minutes in %s and no more', async (zone, from, to, next, end) => {
    await app.clock.freeze(new Date(Date.parse(`${from}:00Z`) - 48 * 3_600_000));
    const cell = await nightCell(zone);
    const set = (minutes: number) =>
      mutate(app, coop.admin, 'setChangeovers', 'ChangeoversSet { misfits { neededMinutes haveMinutes } }', {
        ...{ coopId: coop.coopId, cellId: cell.cellId, families: ['black', 'red'], defaultFamily: 'black' },
        rows: [{ from: '*', to: '*', minutes, costMinor: '0' }],
      });
    await set(60);
    const stationId = cell.stationIds[0];
    await aHold(app, member, cell, [`${from}:00Z`, `${to}:00Z`], { stationId });
    await aHold(app, member, cell, [`${next}:00Z`, `${end}:00Z`], { stationId, family: 'red' });
    expect(await set(61)).toMatchObject({ misfits: [{ neededMinutes: 61, haveMinutes: 60 }] });
  });
});
