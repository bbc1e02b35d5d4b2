import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  type TestCell,
  type TestWorkshop,
} from '../../support/builders/workshops.js';
import { mutate, type Answer } from './mutate.js';

const NOW = '2026-11-18T08:00:00.000Z';
// The 18th of November is a Wednesday; the workshop is in Berlin, an hour ahead of UTC.
const EARLY = [{ weekday: 3, fromMinute: 360, toMinute: 720 }];
const LATE = [
  { weekday: 3, fromMinute: 1260, toMinute: 1440 },
  { weekday: 4, fromMinute: 0, toMinute: 180 },
];
const SET =
  'OwnHoursSet { cell { ownHours { stationId weekday fromMinute toMinute } stations { id number } } }';

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
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
  member = await aMember(app, coop);
  workshop = await aWorkshop(app, coop);
  cell = await aCell(app, workshop);
});

const set = (input: object): Promise<Answer> =>
  mutate(app, coop.admin, 'setOwnHours', SET, { coopId: coop.coopId, cellId: cell.cellId, ...input });

describe('own hours', () => {
  it('opens a cell by its own hours and by those of its workshop again once it has none', async () => {
    const answer = await set({ openingHours: LATE });
    expect(answer).toMatchObject({
      __typename: 'OwnHoursSet',
      cell: { ownHours: LATE.map((row) => ({ stationId: null, ...row })) },
    });
    const noon = ['2026-11-18T11:00:00Z', '2026-11-18T12:00:00Z'] as const;
    expect(await askForSlot(app, member, cell, noon)).toMatchObject({
      __typename: 'OutsideOpeningHours',
      nextOpenAt: '2026-11-18T20:00:00.000Z',
    });
    await aHold(app, member, cell, ['2026-11-18T22:00:00Z', '2026-11-19T00:00:00Z']);
    expect(await set({ openingHours: [] })).toMatchObject({ cell: { ownHours: [] } });
    await aHold(app, member, cell, noon);
  });

  it('opens one station by its own hours and leaves its siblings with those of the cell', async () => {
    const [first, second] = cell.stationIds;
    await set({ openingHours: LATE });
    await set({ stationId: first, openingHours: EARLY });
    const morning = ['2026-11-18T09:00:00Z', '2026-11-18T10:00:00Z'] as const;
    const night = ['2026-11-18T21:00:00Z', '2026-11-18T22:00:00Z'] as const;
    expect(await askForSlot(app, member, cell, morning, { stationId: second })).toMatchObject({
      __typename: 'OutsideOpeningHours',
    });
    expect(await askForSlot(app, member, cell, night, { stationId: first })).toMatchObject({
      __typename: 'OutsideOpeningHours',
    });
    expect((await aHold(app, member, cell, morning)).station.id).toBe(first);
    expect((await aHold(app, member, cell, night)).station.id).toBe(second);
  });

  it('leaves other cells of the workshop alone', async () => {
    const other = await aCell(app, workshop, { name: 'Other' });
    await set({ openingHours: LATE });
    await aHold(app, member, other, ['2026-11-18T11:00:00Z', '2026-11-18T12:00:00Z']);
  });

  it('gives free slots by the hours of each station', async () => {
    const [first] = cell.stationIds;
    await set({ stationId: first, openingHours: EARLY });
    const query = `query ($coopId: ID!, $workshopId: ID!) { freeSlots(coopId: $coopId, workshopId: $workshopId,
      fromAt: "2026-11-18T00:00:00Z", toAt: "2026-11-19T00:00:00Z") { cell { id } windows { fromAt toAt freeStations } } }`;
    const { freeSlots } = await app.gql<{ freeSlots: { windows: object[] }[] }>(query, workshop, member);
    expect(freeSlots.map((cells) => cells.windows)).toEqual([
      [
        { fromAt: '2026-11-18T08:00:00.000Z', toAt: '2026-11-18T11:00:00.000Z', freeStations: 2 },
        { fromAt: '2026-11-18T11:00:00.000Z', toAt: '2026-11-18T19:00:00.000Z', freeStations: 1 },
      ],
    ]);
  });
});

describe('bad input', () => {
  it('refuses own hours that overlap, or that are no hours, and keeps those before', async () => {
    await set({ openingHours: EARLY });
    const overlap = [...EARLY, { weekday: 3, fromMinute: 700, toMinute: 800 }];
    expect(await set({ openingHours: overlap })).toMatchObject({
      __typename: 'InputRefused',
      field: 'openingHours',
    });
    const reversed = [{ weekday: 3, fromMinute: 700, toMinute: 600 }];
    expect(await set({ openingHours: reversed })).toMatchObject({ __typename: 'InputRefused' });
    const query =
      'query ($coopId: ID!, $id: ID!) { workshop(coopId: $coopId, id: $id) { cells { ownHours { weekday } } } }';
    const shown = await app.gql(query, { coopId: coop.coopId, id: workshop.workshopId });
    expect(shown).toEqual({ workshop: { cells: [{ ownHours: [{ weekday: 3 }] }] } });
  });

  it('finds no cell or station of another co-op, and no station of another cell', async () => {
    const foreign = await aCell(app, await aWorkshop(app, await aCoop(app)));
    expect(await set({ cellId: foreign.cellId, openingHours: EARLY })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await set({ cellId: 'none', openingHours: EARLY })).toMatchObject({ __typename: 'NotFound' });
    const other = await aCell(app, workshop, { name: 'Other' });
    for (const stationId of [foreign.stationIds[0], other.stationIds[0], 'none'])
      expect(await set({ stationId, openingHours: EARLY })).toMatchObject({ __typename: 'NotFound' });
  });

  it('lets only an admin set hours', async () => {
    const operator = await aMember(app, coop, ['operator']);
    const input = { coopId: coop.coopId, cellId: cell.cellId, openingHours: EARLY };
    await expect(mutate(app, operator, 'setOwnHours', SET, input)).rejects.toThrow('FORBIDDEN');
  });
});
