import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop } from '../../support/builders/membership.js';
import { aPastBooking } from '../../support/builders/pricing.js';
import {
  DAILY,
  aCell,
  aWorkshop,
  type TestCell,
  type TestWorkshop,
} from '../../support/builders/workshops.js';

const NOW = '2026-11-18T08:00:00.000Z';

let app: TestApp;
let coop: TestCoop;
let workshop: TestWorkshop;
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
  workshop = await aWorkshop(app, coop);
  cell = await aCell(app, workshop);
});

interface Use {
  cell: { id: string };
  bookedMinutes: number;
  openMinutes: number;
  days: { weekday: number; bookedMinutes: number[]; openMinutes: number[] }[];
}

async function use(fromAt: string, toAt: string, of = workshop, token = coop.admin.token): Promise<Use[]> {
  const query = `query ($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
    utilisation(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
      cell { id } bookedMinutes openMinutes days { weekday bookedMinutes openMinutes } } }`;
  const variables = { coopId: coop.coopId, workshopId: of.workshopId, fromAt, toAt };
  return (await app.gql<{ utilisation: Use[] }>(query, variables, { token })).utilisation;
}

const filled = (days: Use['days'] | undefined, what: 'bookedMinutes' | 'openMinutes'): object =>
  Object.fromEntries(
    (days ?? []).flatMap((day) =>
      [...day[what].entries()]
        .filter(([, minutes]) => minutes > 0)
        .map(([hour, minutes]) => [`${String(day.weekday)} ${String(hour)}`, minutes]),
    ),
  );

describe('utilisation', () => {
  it('counts booked and open minutes of all stations by hour of the week', async () => {
    // Wednesday 10:30 to 12:00 and 11:00 to 12:30 in Berlin, on two stations.
    await aPastBooking(app, cell, coop.admin, ['2026-11-18T09:30Z', '2026-11-18T11:00Z'], { station: 0 });
    await aPastBooking(app, cell, coop.admin, ['2026-11-18T10:00Z', '2026-11-18T11:30Z'], { station: 1 });
    const [only] = await use('2026-11-15T23:00:00Z', '2026-11-22T23:00:00Z');
    expect(only).toMatchObject({
      cell: { id: cell.cellId },
      bookedMinutes: 180,
      openMinutes: 7 * 12 * 60 * 2,
    });
    expect(filled(only?.days, 'bookedMinutes')).toEqual({ '3 10': 30, '3 11': 120, '3 12': 30 });
    expect(
      only?.days.map(({ openMinutes }) => openMinutes.filter((minutes) => minutes === 120).length),
    ).toEqual([12, 12, 12, 12, 12, 12, 12]);
  });

  it('counts what is confirmed and inside the range, and nothing else', async () => {
    const at = (hour: number): [string, string] => [
      `2026-11-18T${String(hour)}:00Z`,
      `2026-11-18T${String(hour + 1)}:00Z`,
    ];
    await aPastBooking(app, cell, coop.admin, at(14), { state: 'cancelled', station: 1 });
    await aPastBooking(app, cell, coop.admin, at(14), { state: 'held', station: 1 });
    await aPastBooking(app, cell, coop.admin, ['2026-11-18T13:30Z', '2026-11-18T16:30Z'], {});
    const [only] = await use('2026-11-18T14:00:00Z', '2026-11-18T15:30:00Z');
    expect(filled(only?.days, 'bookedMinutes')).toEqual({ '3 15': 60, '3 16': 30 });
    expect(filled(only?.days, 'openMinutes')).toEqual({ '3 15': 120, '3 16': 60 });
  });

  it.each([
    ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', { '7 1': 60, '7 2': 120, '7 3': 60 }],
    ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', { '7 1': 60, '7 3': 60 }],
  ])(
    'counts the hours that really pass on the day of a clock change from %s',
    async (fromAt, toAt, hours) => {
      const night = await aWorkshop(app, coop, {
        openingHours: DAILY.map((day) => ({ ...day, fromMinute: 60, toMinute: 240 })),
      });
      const press = await aCell(app, night, { stations: 1 });
      const opens = {
        '2026-10-24T22:00:00Z': '2026-10-24T23:00Z',
        '2026-03-28T23:00:00Z': '2026-03-29T00:00Z',
      }[fromAt];
      const closes = {
        '2026-10-24T22:00:00Z': '2026-10-25T03:00Z',
        '2026-03-28T23:00:00Z': '2026-03-29T02:00Z',
      }[fromAt];
      await aPastBooking(app, press, coop.admin, [opens ?? '', closes ?? ''], {});
      const [only] = await use(fromAt, toAt, night);
      expect(filled(only?.days, 'openMinutes')).toEqual(hours);
      expect(filled(only?.days, 'bookedMinutes')).toEqual(hours);
    },
  );

  it('counts the hours that a cell has of its own, without its closures', async () => {
    await app.database.query(
      `insert into own_hours (coop_id, workshop_id, cell_id, weekday, from_minute, to_minute) values ($1, $2, $3, 3, 600, 720)`,
      [coop.coopId, workshop.workshopId, cell.cellId],
    );
    await app.database.query(
      `insert into closure (coop_id, workshop_id, cell_id, station_id, from_at, to_at, reason)
       values ($1, $2, $3, $4, '2026-11-18T10:00Z', '2026-11-18T10:15Z', 'Repair')`,
      [coop.coopId, workshop.workshopId, cell.cellId, cell.stationIds[0]],
    );
    const [only] = await use('2026-11-15T23:00:00Z', '2026-11-22T23:00:00Z');
    expect(filled(only?.days, 'openMinutes')).toEqual({ '3 10': 120, '3 11': 105 });
  });

  it('refuses more than 92 days and parts of a minute, and knows no workshop of somebody else', async () => {
    await expect(use('2026-08-01T00:00:00Z', '2026-11-01T00:00:01Z')).rejects.toThrow('92 days');
    await expect(use('2026-11-01T00:00:30Z', '2026-11-02T00:00:00Z')).rejects.toThrow('whole minutes');
    const other = await aWorkshop(app, await aCoop(app));
    expect(await use('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', other)).toEqual([]);
    const member = await aMember(app, coop);
    expect(await use('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', workshop, member.token)).toHaveLength(1);
  });
});
