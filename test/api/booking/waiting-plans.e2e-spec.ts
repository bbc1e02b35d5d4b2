import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SeriesRepository } from '../../../apps/api/src/booking/series/series.repository.js';
import {
  WaitingEntriesRepository,
  waitingSql,
} from '../../../apps/api/src/booking/waiting-list/waiting-entries.repository.js';
import type { Queryable } from '../../../apps/api/src/platform/database/index.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { readingOf } from '../../support/query-plan.js';

const COOP = '00000000-0000-7000-8000-000000000001';
const CELL = '00000000-0000-7000-8000-000000000002';
const MEMBER = '00000000-0000-7000-8000-000000000003';
const SERIES = '00000000-0000-7000-8000-000000000004';
const NOW = new Date('2026-11-18T08:00:00Z');

// 30,000 whose waiting is over, 2,000 who wait for a hundred cells and 20 more who wait for one of them. No foreign keys: only plans matter.
const GROWN = `BEGIN;
  SET LOCAL session_replication_role = replica;
  INSERT INTO clock_offset (frozen_at) VALUES ('2026-11-18T08:00:00Z');
  INSERT INTO membership (coop_id, account_id, roles, joined_at)
    SELECT '${COOP}', CASE WHEN n = 1 THEN '${MEMBER}'::uuid ELSE uuidv7() END, '{member}', '2026-01-01' FROM generate_series(1, 20000) AS n;
  INSERT INTO waiting_entry (coop_id, turn, cell_id, account_id, earliest_at, latest_at, minutes, least_minutes, joined_at,
      looked_at, state, booking_id, offered_at)
    SELECT '${COOP}', n, CASE WHEN n % 100 = 0 OR n > 32000 THEN '${CELL}'::uuid ELSE lpad(to_hex(n % 100), 32, '0')::uuid END,
           CASE WHEN n % 107 = 0 OR n > 32000 THEN '${MEMBER}'::uuid ELSE uuidv7() END, '2026-11-20', '2026-11-21', 60, 60,
           '2026-11-01', CASE WHEN n > 32000 THEN timestamptz '2026-11-17' ELSE '2026-11-18T08:00:00Z' END,
           CASE WHEN n <= 30000 THEN 'missed' ELSE 'waiting' END, CASE WHEN n <= 30000 THEN uuidv7() END,
           CASE WHEN n <= 30000 THEN timestamptz '2026-11-02' END
      FROM generate_series(1, 32020) AS n;
  INSERT INTO booking (coop_id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor, currency, held_at,
      confirmed_at, series_id)
    SELECT '${COOP}', uuidv7(), '${CELL}', uuidv7(), '${MEMBER}', 'confirmed', span, span, 1, 'EUR', '2026-11-01', '2026-11-01',
           CASE WHEN n <= 40 THEN '${SERIES}'::uuid WHEN n % 2 = 0 THEN uuidv7() END
      FROM generate_series(1, 20000) AS n,
           LATERAL (SELECT tstzrange(timestamptz '2026-11-19' + n * interval '1 hour', timestamptz '2026-11-19' + (n + 1) * interval '1 hour') AS span) AS s;
  INSERT INTO booking_series (coop_id, id, cell_id, account_id, rule, minutes, first_at, created_at)
    SELECT '${COOP}', uuidv7(), '${CELL}', CASE WHEN n % 100 = 0 THEN '${MEMBER}'::uuid ELSE uuidv7() END, 'FREQ=DAILY', 60, now(), now()
      FROM generate_series(1, 20000) AS n;
  COMMIT`;

describe('of queues and series that have grown, the plan of', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.query(GROWN);
    await database.query('VACUUM ANALYZE');
  });
  afterAll(async () => {
    await database.drop();
  });

  const entries = new WaitingEntriesRepository();
  const series = new SeriesRepository();
  const page = { limit: 20, after: null };

  it.each<[string, number, (q: Queryable) => Promise<unknown>]>([
    ['whether anybody waits for a cell', 1, (q) => q.query(`SELECT ${waitingSql('$1', '$2')}`, [COOP, CELL])],
    ['who waits for a cell', 40, (q) => entries.membersWaiting(q, COOP, [CELL])],
    ['the queue of a cell', 80, (q) => entries.queue(q, COOP, CELL, NOW)],
    ['how often a member waits', 40, (q) => entries.countOf(q, COOP, MEMBER)],
    ["a member's places in queues", 42, (q) => entries.pageOfMember(q, COOP, MEMBER, page)],
    ['the cells to look at', 25, (q) => entries.cellsToLookAt(q, 1, 100)],
    ["a member's series", 21, (q) => series.pageOfMember(q, COOP, MEMBER, page)],
    ['the bookings of a series', 40, (q) => series.bookingIds(q, COOP, [SERIES])],
    ['what was cancelled with a series', 41, (q) => series.cancelledIds(q, { coopId: COOP, id: SERIES })],
    ['what is to come of a series', 40, (q) => series.coming(q, COOP, SERIES)],
  ])('%s reads at most %i rows, and no table from end to end', async (_, most, ask) => {
    const { rows, tableScans } = await readingOf(database, ask);
    expect(tableScans.filter((name) => name !== 'clock_offset')).toEqual([]);
    expect(rows).toBeLessThanOrEqual(most);
  });
});
