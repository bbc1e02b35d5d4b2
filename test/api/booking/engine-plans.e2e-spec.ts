import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadHoldsRepository } from '../../../apps/api/src/booking/lapse-holds/dead-holds.repository.js';
import { CellForMember } from '../../../apps/api/src/booking/terms/cell-for-member.js';
import { ClaimsRepository } from '../../../apps/api/src/booking/claims/claims.repository.js';
import { HistoryRepository } from '../../../apps/api/src/booking/history/history.repository.js';
import {
  Transactions,
  type Queryable,
  type Transaction,
} from '../../../apps/api/src/platform/database/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember } from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, type TestCell } from '../../support/builders/workshops.js';
import { readingOf, readingPlannedOnce } from '../../support/query-plan.js';

const NOW = '2026-11-18T08:00:00.000Z';

// Years of bookings without a gap on two stations, each with its history, and holds of other cells that are long dead.
const grownFor = (accountId: string): string => `BEGIN; SET LOCAL session_replication_role = replica;
  INSERT INTO booking (coop_id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor, currency,
      held_at, confirmed_at)
    SELECT station.coop_id, cell.workshop_id, cell.id, station.id, '${accountId}', 'confirmed', span, span, 0, 'EUR', lower(span), lower(span)
      FROM station JOIN cell ON cell.coop_id = station.coop_id AND cell.id = station.cell_id,
           generate_series(1, 15000) AS n, LATERAL (SELECT tstzrange(
             timestamptz '2026-11-17' - n * interval '30 minutes', timestamptz '2026-11-17' - (n - 1) * interval '30 minutes') AS span) AS s;
  INSERT INTO booking (coop_id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor, currency,
      held_at, expires_at, ended_at)
    SELECT coop_id, workshop_id, uuidv7(), uuidv7(), uuidv7(), 'lapsed', during, claim, 0, 'EUR', held_at, held_at, held_at FROM booking;
  INSERT INTO booking_event (coop_id, sequence, workshop_id, cell_id, station_id, booking_id, kind, at)
    SELECT coop_id, nextval('booking_event_sequence'), workshop_id, cell_id, station_id, id, 'held', held_at FROM booking;
  COMMIT`;

describe('of bookings that have grown, the plan of', () => {
  let app: TestApp;
  let cell: TestCell;
  let accountId: string;
  let bookingId: string;

  beforeAll(async () => {
    app = await startTestApp();
    await app.clock.freeze(new Date(NOW));
    const coop = await aCoop(app);
    const member = await aMember(app, coop);
    ({ accountId } = member);
    cell = await aCell(app, await aWorkshop(app, coop), { stations: 2 });
    bookingId = (await aHold(app, member, cell, ['2026-11-18T09:00:00Z', '2026-11-18T10:00:00Z'])).id;
    await app.database.query(grownFor(accountId));
    await app.database.query('VACUUM ANALYZE');
  });
  afterAll(async () => {
    await app.stop();
  });

  const window = { fromAt: Date.parse('2026-11-19T09:00:00Z'), toAt: Date.parse('2026-11-19T10:00:00Z') };
  const asTransaction = (q: Queryable): Transaction => q as Transaction;

  const requestOf = ({ coopId, cellId }: TestCell) => ({
    coopId,
    cellId,
    accountId,
    window,
    stationId: null,
  });
  const terms = (q: Queryable): Promise<unknown> =>
    app.nest.get(CellForMember, { strict: false }).load(asTransaction(q), requestOf(cell));
  const neighbours = (q: Queryable): Promise<unknown> => {
    const { coopId, cellId } = cell;
    const what = { coopId, cellId, stationId: null, range: window, known: window };
    return app.nest.get(ClaimsRepository, { strict: false }).load(q, what);
  };

  it.each<[string, number, (q: Queryable) => Promise<unknown>]>([
    ['what a hold is decided on', 60, terms],
    ['a cell between the neighbours of a window', 40, neighbours],
    ['the cells with dead holds', 2, (q) => new DeadHoldsRepository().cellsWithDead(q, 100)],
    [
      'the oldest dead hold of a cell',
      2,
      (q) => new DeadHoldsRepository().oldestDead(q, cell.coopId, cell.cellId),
    ],
    [
      'the history of a booking',
      4,
      (q) => new HistoryRepository().ofBookings(q, [{ coopId: cell.coopId, id: bookingId }], null, 20),
    ],
  ])('%s reads at most %i rows, and no table of bookings from end to end', async (_, most, ask) => {
    const { rows, tableScans } = await readingOf(app.database, ask);
    expect(tableScans.filter((name) => name === 'booking' || name === 'booking_event')).toEqual([]);
    expect(rows).toBeLessThanOrEqual(most);
  });

  it.each<[string, number, (q: Queryable) => Promise<unknown>]>([
    ['what a hold is decided on', 60, terms],
    ['a cell between the neighbours of a window', 40, neighbours],
  ])('%s reads at most %i rows by a plan for any parameters too', async (_, most, ask) => {
    const { rows, tableScans } = await readingPlannedOnce(app.database, ask);
    expect(tableScans.filter((name) => name === 'booking' || name === 'booking_event')).toEqual([]);
    expect(rows).toBeLessThanOrEqual(most);
  });

  // By its own guess PostgreSQL plans it anew for each hold once there are some thousand bookings: ten times what it then does.
  it('what a hold is decided on is made once per connection', async () => {
    type Plans = { readonly generic: number; readonly custom: number; readonly jit: string };
    const cells = app.nest.get(CellForMember, { strict: false });
    const seen: Plans[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1)
      await app.nest.get(Transactions, { strict: false }).run([], async (tx) => {
        await Promise.all([cells.lock(tx, requestOf(cell)), cells.load(tx, requestOf(cell))]);
        const plans = await tx.query<Plans>(
          `SELECT generic_plans::integer AS generic, custom_plans::integer AS custom,
                  current_setting('jit') AS jit FROM pg_prepared_statements
            WHERE statement LIKE '%"memberHoldsExpireAt"%' AND statement NOT LIKE '%pg_prepared_statements%'`,
        );
        seen.push(...plans);
        return { kind: 'Read' };
      });
    expect(seen).toHaveLength(10);
    expect(Math.max(...seen.map(({ generic }) => generic))).toBeGreaterThan(0);
    expect(seen.every(({ custom, jit }) => custom === 0 && jit === 'off')).toBe(true);
  });
});
