import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop } from '../../support/builders/membership.js';
import { DAILY, aCell, aHold, aWorkshop, askForSlot } from '../../support/builders/workshops.js';

const NOW = '2026-11-18T08:00:00.000Z';

let app: TestApp;
let coop: TestCoop;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
});

async function mutate(
  operation: string,
  success: string,
  input: object,
  token = coop.admin.token,
): Promise<object> {
  const type = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { answer: ${operation}(input: $input) {
    __typename ... on ${success} ... on Refusal { message __typename ... on InputRefused { field } } } }`;
  return (await app.gql<{ answer: object }>(query, { input: { coopId: coop.coopId, ...input } }, { token }))
    .answer;
}

const HALL = { name: 'Hall 3', address: '3 Harbour Street', timeZone: 'Europe/Berlin', openingHours: DAILY };
const CREATED =
  'WorkshopCreated { workshop { id name timeZone openingHours { weekday fromMinute toMinute } cells { id } } }';
const PRINT = {
  kind: 'print',
  name: 'Print',
  stations: 2,
  gridMinutes: 30,
  maxMinutes: 480,
  hourlyRateMinor: '2400',
};
const CELL = 'CellCreated { cell { kind gridMinutes hourlyRateMinor stations { number } } }';

describe('workshops', () => {
  it('creates a workshop with its hours and a cell with numbered stations, and shows them to anyone', async () => {
    const answer = await mutate('createWorkshop', CREATED, HALL);
    expect(answer).toMatchObject({
      __typename: 'WorkshopCreated',
      workshop: { name: 'Hall 3', openingHours: DAILY, cells: [] },
    });
    const { workshop } = answer as { workshop: { id: string } };
    expect(await mutate('createCell', CELL, { ...PRINT, workshopId: workshop.id })).toEqual({
      __typename: 'CellCreated',
      cell: {
        kind: 'print',
        gridMinutes: 30,
        hourlyRateMinor: '2400',
        stations: [{ number: 1 }, { number: 2 }],
      },
    });
    const query =
      'query ($coopId: ID!) { workshops(coopId: $coopId) { edges { node { id cells { name stations { number } } } } } }';
    expect(await app.gql(query, { coopId: coop.coopId })).toEqual({
      workshops: {
        edges: [
          { node: { id: workshop.id, cells: [{ name: 'Print', stations: [{ number: 1 }, { number: 2 }] }] } },
        ],
      },
    });
  });

  it('pages through the workshops of a co-op without losing or repeating one', async () => {
    const made = [await aWorkshop(app, coop), await aWorkshop(app, coop), await aWorkshop(app, coop)];
    interface Page {
      workshops: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }
    const query = `query ($coopId: ID!, $after: String) { workshops(coopId: $coopId, first: 2, after: $after) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
    const { workshops: first } = await app.gql<Page>(query, { coopId: coop.coopId });
    const after = first.pageInfo.endCursor;
    const { workshops: second } = await app.gql<Page>(query, { coopId: coop.coopId, after });
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const ids = [...first.edges, ...second.edges].map((edge) => edge.node.id);
    expect(ids).toEqual(made.map((workshop) => workshop.workshopId));
  });

  it('closes the calendar for a closure and opens it when that is removed', async () => {
    const member = await aMember(app, coop);
    const workshop = await aWorkshop(app, coop);
    const cell = await aCell(app, workshop);
    const closure = {
      workshopId: workshop.workshopId,
      fromAt: '2026-11-18T10:00:00Z',
      toAt: '2026-11-18T14:00:00Z',
      reason: 'Inventory',
    };
    const added = await mutate('addClosure', 'ClosureAdded { closure { id reason } }', closure);
    const { closure: made } = added as { closure: { id: string } };
    const window = ['2026-11-18T09:00:00Z', '2026-11-18T11:00:00Z'] as const;
    expect(await askForSlot(app, member, cell, window)).toMatchObject({
      __typename: 'OutsideOpeningHours',
      nextOpenAt: '2026-11-18T14:00:00.000Z',
    });
    const removed = await mutate('removeClosure', 'ClosureRemoved { closureId }', { closureId: made.id });
    expect(removed).toEqual({ __typename: 'ClosureRemoved', closureId: made.id });
    await aHold(app, member, cell, window);
  });

  it('books by new hours from the moment they are set', async () => {
    const member = await aMember(app, coop);
    const workshop = await aWorkshop(app, coop);
    const cell = await aCell(app, workshop);
    const window = ['2026-11-18T19:00:00Z', '2026-11-18T20:00:00Z'] as const;
    expect(await askForSlot(app, member, cell, window)).toMatchObject({ __typename: 'OutsideOpeningHours' });
    const openingHours = [{ weekday: 3, fromMinute: 0, toMinute: 1440 }];
    const set = await mutate('setOpeningHours', 'OpeningHoursSet { workshop { openingHours { weekday } } }', {
      workshopId: workshop.workshopId,
      openingHours,
    });
    expect(set).toMatchObject({ workshop: { openingHours: [{ weekday: 3 }] } });
    await aHold(app, member, cell, window);
  });

  it('lets only an admin of the co-op change its workshops', async () => {
    const member = await aMember(app, coop, ['member', 'operator', 'treasurer']);
    await expect(mutate('createWorkshop', CREATED, HALL, member.token)).rejects.toThrow('FORBIDDEN');
    const foreign = await aCoop(app);
    await expect(mutate('createWorkshop', CREATED, HALL, foreign.admin.token)).rejects.toThrow('FORBIDDEN');
  });

  it('finds no workshop of another co-op', async () => {
    const foreign = await aWorkshop(app, await aCoop(app));
    const cell = { ...PRINT, workshopId: foreign.workshopId };
    expect(await mutate('createCell', CELL, cell)).toMatchObject({ __typename: 'NotFound' });
    const query = 'query ($coopId: ID!, $id: ID!) { workshop(coopId: $coopId, id: $id) { id } }';
    expect(await app.gql(query, { coopId: coop.coopId, id: foreign.workshopId })).toEqual({ workshop: null });
    expect(await app.gql(query, { coopId: coop.coopId, id: 'none' })).toEqual({ workshop: null });
  });
});

describe('bad input', () => {
  it.each(['Europe/Atlantis', 'IST'])('refuses %s, which is no time zone', async (timeZone) => {
    const answer = await mutate('createWorkshop', CREATED, { ...HALL, timeZone });
    expect(answer).toMatchObject({ __typename: 'InputRefused', field: 'timeZone' });
  });

  it('refuses hours that overlap', async () => {
    const openingHours = [...DAILY, { weekday: 1, fromMinute: 1100, toMinute: 1300 }];
    const answer = await mutate('createWorkshop', CREATED, { ...HALL, openingHours });
    expect(answer).toMatchObject({ __typename: 'InputRefused', field: 'openingHours' });
  });

  it('refuses more opening hours than a week of ten a day', async () => {
    const minutes = Array.from({ length: 71 }, (_, row) => row * 2);
    const openingHours = minutes.map((fromMinute) => ({ weekday: 1, fromMinute, toMinute: fromMinute + 1 }));
    const answer = await mutate('createWorkshop', CREATED, { ...HALL, openingHours });
    expect(answer).toMatchObject({ __typename: 'InputRefused', field: 'openingHours' });
    const most = openingHours.slice(1);
    expect(await mutate('createWorkshop', CREATED, { ...HALL, openingHours: most })).toMatchObject({
      __typename: 'WorkshopCreated',
    });
  });

  it('refuses a cell whose grid does not divide the day', async () => {
    const { workshopId } = await aWorkshop(app, coop);
    const answer = await mutate('createCell', CELL, { ...PRINT, workshopId, gridMinutes: 7 });
    expect(answer).toMatchObject({ __typename: 'InputRefused', field: 'gridMinutes' });
    const rate = await mutate('createCell', CELL, { ...PRINT, workshopId, hourlyRateMinor: '-1' });
    expect(rate).toMatchObject({ __typename: 'InputRefused', field: 'hourlyRateMinor' });
  });
});
