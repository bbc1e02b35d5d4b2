import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCollector,
  aCoop,
  aMember,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  type TestCell,
  type TestWorkshop,
} from '../../support/builders/workshops.js';
import type { Caller } from '../../support/graphql-client.js';
import { mutate, type Answer } from './mutate.js';

const NOW = '2026-11-18T08:00:00.000Z';
const NOON = ['2026-11-18T11:00:00Z', '2026-11-18T12:00:00Z'] as const;
const CLOSED = { fromAt: '2026-11-18T10:00:00Z', toAt: '2026-11-18T14:00:00Z', reason: 'New nozzle' };
const CLOSURE = 'closure { id kind cellId stationId reason }';

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

const close = (input: object): Promise<Answer> =>
  mutate(app, coop.admin, 'addClosure', `ClosureAdded { ${CLOSURE} }`, { ...workshop, ...CLOSED, ...input });
const holidays = (input: object): Promise<Answer> =>
  mutate(app, coop.admin, 'addHolidays', 'HolidaysAdded { closures { kind cellId fromAt toAt } }', {
    ...{ ...workshop, reason: 'Day off' },
    ...input,
  });

interface Shown {
  readonly workshop: {
    readonly closures: readonly object[];
    readonly cells: readonly { readonly closures: readonly object[] }[];
  };
}
const shown = async (who: Caller = member): Promise<Shown['workshop']> => {
  const query = `query ($coopId: ID!, $workshopId: ID!) { workshop(coopId: $coopId, id: $workshopId) {
    closures { kind stationId reason } cells { closures { kind stationId reason } } } }`;
  return (await app.gql<Shown>(query, workshop, who)).workshop;
};

describe('closures', () => {
  it('closes one station for maintenance, while its siblings stay open', async () => {
    const [first, second] = cell.stationIds;
    const answer = await close({ stationId: first, kind: 'MAINTENANCE' });
    expect(answer).toMatchObject({
      __typename: 'ClosureAdded',
      closure: { kind: 'MAINTENANCE', cellId: cell.cellId, stationId: first },
    });
    expect(await shown()).toEqual({
      closures: [],
      cells: [{ closures: [{ kind: 'MAINTENANCE', stationId: first, reason: 'New nozzle' }] }],
    });
    expect(await askForSlot(app, member, cell, NOON, { stationId: first })).toMatchObject({
      __typename: 'OutsideOpeningHours',
      nextOpenAt: '2026-11-18T14:00:00.000Z',
    });
    expect((await aHold(app, member, cell, NOON)).station.id).toBe(second);
  });

  it('closes one cell, while the others of its workshop stay open', async () => {
    const other = await aCell(app, workshop, { name: 'Other' });
    await close({ cellId: cell.cellId });
    expect(await askForSlot(app, member, cell, NOON)).toMatchObject({ __typename: 'OutsideOpeningHours' });
    await aHold(app, member, other, NOON);
  });

  it('shows a closure of the whole workshop on the workshop, and closes every cell', async () => {
    await close({});
    expect(await shown()).toEqual({
      closures: [{ kind: 'CLOSURE', stationId: null, reason: 'New nozzle' }],
      cells: [{ closures: [] }],
    });
    expect(await askForSlot(app, member, cell, NOON)).toMatchObject({ __typename: 'OutsideOpeningHours' });
  });
});

describe('the reason of a closure', () => {
  it('is for members, while everybody sees that it is closed', async () => {
    await close({});
    await close({ cellId: cell.cellId, stationId: cell.stationIds[0], kind: 'MAINTENANCE' });
    const stranger = await aMember(app, await aCoop(app));
    for (const who of [{}, stranger, await aCollector(app)])
      expect(await shown(who)).toEqual({
        closures: [{ kind: 'CLOSURE', stationId: null, reason: '' }],
        cells: [{ closures: [{ kind: 'MAINTENANCE', stationId: cell.stationIds[0], reason: '' }] }],
      });
    expect((await shown()).closures).toMatchObject([{ reason: 'New nozzle' }]);
  });
});

describe('holidays', () => {
  it("close whole days by the workshop's clocks, 25 hours when they are put back", async () => {
    const answer = await holidays({ dates: ['2026-12-25', '2026-10-25'] });
    expect(answer).toMatchObject({
      closures: [
        { kind: 'HOLIDAY', fromAt: '2026-12-24T23:00:00.000Z', toAt: '2026-12-25T23:00:00.000Z' },
        { kind: 'HOLIDAY', fromAt: '2026-10-24T22:00:00.000Z', toAt: '2026-10-25T23:00:00.000Z' },
      ],
    });
    const christmas = ['2026-12-25T09:00:00Z', '2026-12-25T10:00:00Z'] as const;
    expect(await askForSlot(app, member, cell, christmas)).toMatchObject({
      __typename: 'OutsideOpeningHours',
      nextOpenAt: '2026-12-26T07:00:00.000Z',
    });
  });

  it('may be those of one cell', async () => {
    const other = await aCell(app, workshop, { name: 'Other' });
    await holidays({ cellId: cell.cellId, dates: ['2026-11-19'] });
    const next = ['2026-11-19T11:00:00Z', '2026-11-19T12:00:00Z'] as const;
    expect(await askForSlot(app, member, cell, next)).toMatchObject({ __typename: 'OutsideOpeningHours' });
    await aHold(app, member, other, next);
  });

  it('are refused when a date is none, comes twice, or is a holiday already, and none is added', async () => {
    for (const dates of [[], ['2026-02-30'], ['soon'], ['2026-12-25', '2026-12-25']])
      expect(await holidays({ dates })).toMatchObject({ __typename: 'InputRefused', field: 'dates' });
    await holidays({ dates: ['2026-12-25'] });
    const again = await holidays({ dates: ['2026-12-24', '2026-12-25'] });
    expect(again).toMatchObject({ __typename: 'InputRefused', field: 'dates' });
    expect(again.message).toContain('2026-12-25 is a holiday here already');
    expect((await shown()).closures).toHaveLength(1);
  });
});

describe('bad input', () => {
  it('refuses an end before the start, and leaves taking out of service to what moves the bookings', async () => {
    expect(await close({ toAt: CLOSED.fromAt })).toMatchObject({ __typename: 'InputRefused', field: 'toAt' });
    expect(await close({ stationId: cell.stationIds[0], kind: 'OUT_OF_SERVICE' })).toMatchObject({
      __typename: 'InputRefused',
      field: 'kind',
    });
    expect(await close({ reason: ' ' })).toMatchObject({ __typename: 'InputRefused', field: 'reason' });
  });

  it('finds no cell or station of another workshop or co-op', async () => {
    const foreign = await aCell(app, await aWorkshop(app, await aCoop(app)));
    const elsewhere = await aCell(app, await aWorkshop(app, coop));
    for (const other of [foreign, elsewhere]) {
      expect(await close({ cellId: other.cellId })).toMatchObject({ __typename: 'NotFound' });
      expect(await close({ stationId: other.stationIds[0] })).toMatchObject({ __typename: 'NotFound' });
      expect(await holidays({ cellId: other.cellId, dates: ['2026-12-25'] })).toMatchObject({
        __typename: 'NotFound',
      });
    }
    const mismatch = { cellId: (await aCell(app, workshop)).cellId, stationId: cell.stationIds[0] };
    expect(await close(mismatch)).toMatchObject({ __typename: 'NotFound' });
    expect(await holidays({ workshopId: foreign.workshopId, dates: ['2026-12-25'] })).toMatchObject({
      __typename: 'NotFound',
    });
  });
});
