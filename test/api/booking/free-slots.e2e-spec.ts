import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OCCUPANCY } from '../../../apps/api/src/booking/occupancy.repository.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aBrand, aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import {
  aCell,
  aHold,
  aWorkshop,
  type TestCell,
  type TestWorkshop,
} from '../../support/builders/workshops.js';

// A Wednesday, 09:10 in Berlin.
const NOW = '2026-11-18T08:10:00.000Z';

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

interface CellFree {
  readonly cell: { readonly id: string };
  readonly windows: readonly {
    readonly fromAt: string;
    readonly toAt: string;
    readonly freeStations: number;
  }[];
}

const FREE = `query ($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
  freeSlots(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
    cell { id } windows { fromAt toAt freeStations } } }`;

async function freeSlots(
  fromAt: string,
  toAt: string,
  caller: object = { token: member.token },
): Promise<CellFree[]> {
  const variables = { ...workshop, fromAt, toAt };
  return (await app.gql<{ freeSlots: CellFree[] }>(FREE, variables, caller)).freeSlots;
}

describe('freeSlots', () => {
  it('gives the windows from now on with the number of free stations, on the grid', async () => {
    await aHold(app, member, cell, ['2026-11-18T10:00:00Z', '2026-11-18T12:00:00Z']);
    const [free] = await freeSlots('2026-11-18T00:00:00Z', '2026-11-19T08:00:00Z');
    expect(free).toEqual({
      cell: { id: cell.cellId },
      windows: [
        { fromAt: '2026-11-18T08:30:00.000Z', toAt: '2026-11-18T10:00:00.000Z', freeStations: 2 },
        { fromAt: '2026-11-18T10:00:00.000Z', toAt: '2026-11-18T12:00:00.000Z', freeStations: 1 },
        { fromAt: '2026-11-18T12:00:00.000Z', toAt: '2026-11-18T19:00:00.000Z', freeStations: 2 },
        { fromAt: '2026-11-19T07:00:00.000Z', toAt: '2026-11-19T08:00:00.000Z', freeStations: 2 },
      ],
    });
  });

  it('gives the window of a hold back in the moment it lapses, before any sweep', async () => {
    const day = ['2026-11-19T00:00:00Z', '2026-11-20T00:00:00Z'] as const;
    const brand = await aBrand(app, member, ['capacity:read']);
    await aHold(app, member, cell, ['2026-11-19T10:00:00Z', '2026-11-19T12:00:00Z']);
    expect((await freeSlots(...day, { apiKey: brand.apiKey }))[0]?.windows).toHaveLength(3);
    await app.clock.step(15 * 60_000);
    expect((await freeSlots(...day, { apiKey: brand.apiKey }))[0]?.windows).toHaveLength(1);
  });

  it('shows a range of at most 31 days, and nothing of a workshop of another co-op', async () => {
    await expect(freeSlots('2026-11-19T00:00:00Z', '2026-12-20T00:00:01Z')).rejects.toThrow('BAD_USER_INPUT');
    await expect(freeSlots('2026-11-19T00:00:00Z', '2026-11-19T00:00:00Z')).rejects.toThrow('BAD_USER_INPUT');
    const foreign = await aCoop(app);
    const variables = { ...workshop, coopId: foreign.coopId, fromAt: NOW, toAt: '2026-11-19T00:00:00Z' };
    expect(await app.gql(FREE, variables, { token: foreign.admin.token })).toEqual({ freeSlots: [] });
    await expect(
      app.gql(FREE, { ...workshop, fromAt: NOW, toAt: NOW }, { token: foreign.admin.token }),
    ).rejects.toThrow('FORBIDDEN');
  });

  it('reads of the past only the last booking of each station, whose setup still stands', async () => {
    await pastBookings(10_000);
    const { bookingRows, pages, sequentialScans } = await read();
    // It is looked for, and then read.
    expect({ bookingRows, sequentialScans }).toEqual({
      bookingRows: 2 * cell.stationIds.length,
      sequentialScans: 0,
    });
    // The way down an index, for each station; reading the past would cost hundreds.
    expect(pages).toBeLessThanOrEqual(24 * cell.stationIds.length);
  });
});

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** What the one query of freeSlots reads of the table `booking`, by its own plan. */
async function read(): Promise<{ bookingRows: number; pages: number; sequentialScans: number }> {
  const [from, to] = [new Date(NOW), new Date('2026-12-16T08:00:00Z')];
  const instants = [from, to, from, to];
  const values = [workshop.coopId, workshop.workshopId, ...instants];
  const [row] = await app.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${OCCUPANCY}`,
    values,
  );
  const scans = nodes(row?.['QUERY PLAN'][0].Plan ?? ({} as Plan)).filter(
    (node) => node['Relation Name'] === 'booking',
  );
  expect(scans.length).toBeGreaterThan(0);
  const sum = (of: (node: Plan) => number): number => scans.reduce((total, node) => total + of(node), 0);
  const dropped = (node: Plan): number =>
    (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return {
    bookingRows: sum((node) => (node['Actual Rows'] + dropped(node)) * node['Actual Loops']),
    pages: sum((node) => node['Shared Hit Blocks'] + node['Shared Read Blocks']),
    sequentialScans: scans.filter((node) => node['Node Type'] === 'Seq Scan').length,
  };
}

/** Half-hour bookings without a gap, up to yesterday, on each station of the cell. */
async function pastBookings(count: number): Promise<void> {
  await app.database.query(
    `INSERT INTO booking (coop_id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor, currency,
       held_at, expires_at, confirmed_at)
     SELECT $1, $2, $3, station.id, $4, 'confirmed',
            tstzrange(past.at - interval '30 minutes', past.at), tstzrange(past.at - interval '30 minutes', past.at), 0, 'EUR', past.at - interval '1 hour', past.at - interval '45 minutes', past.at - interval '1 hour'
       FROM station CROSS JOIN LATERAL (
         SELECT $5::timestamptz - n * interval '30 minutes' AS at FROM generate_series(1, $6::integer) AS n) AS past
      WHERE station.coop_id = $1 AND station.cell_id = $3`,
    [coop.coopId, workshop.workshopId, cell.cellId, member.accountId, '2026-11-17T00:00:00Z', count],
  );
  await app.database.query('ANALYZE booking');
}

describe('calendar', () => {
  const CALENDAR = `query ($coopId: ID!, $workshopId: ID!) {
    calendar(coopId: $coopId, workshopId: $workshopId, fromAt: "2026-11-18T00:00:00Z", toAt: "2026-11-19T00:00:00Z") {
      station { id } bookings { bookingId mine state fromAt label } openWindows { fromAt toAt } } }`;

  interface Row {
    readonly station: { readonly id: string };
    readonly bookings: readonly object[];
    readonly openWindows: readonly object[];
  }

  const rowOf = async (token: string): Promise<Row | undefined> => {
    const { calendar } = await app.gql<{ calendar: Row[] }>(CALENDAR, workshop, { token });
    expect(calendar).toHaveLength(2);
    return calendar.find((row) => row.station.id === cell.stationIds[0]);
  };

  it("shows one's own bookings with their id, others' without, and all of them to an operator", async () => {
    const window = ['2026-11-18T10:00:00Z', '2026-11-18T12:00:00Z'] as const;
    const { id } = await aHold(app, member, cell, window, { stationId: cell.stationIds[0] });
    const entry = { state: 'HELD', fromAt: '2026-11-18T10:00:00.000Z' };
    expect(await rowOf(member.token)).toMatchObject({
      bookings: [{ ...entry, bookingId: id, mine: true, label: 'Yours' }],
      openWindows: [{ fromAt: '2026-11-18T07:00:00.000Z', toAt: '2026-11-18T19:00:00.000Z' }],
    });
    const colleague = await aMember(app, coop);
    expect(await rowOf(colleague.token)).toMatchObject({
      bookings: [{ ...entry, bookingId: null, mine: false, label: null }],
    });
    const operator = await aMember(app, coop, ['operator']);
    expect(await rowOf(operator.token)).toMatchObject({
      bookings: [{ ...entry, bookingId: id, mine: false, label: expect.stringMatching(/^Member /) }],
    });
  });
});
