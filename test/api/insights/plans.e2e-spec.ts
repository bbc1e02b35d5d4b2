import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkshopUseRepository } from '../../../apps/api/src/insights/workshop-use.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { readingOf, type Reading } from '../../support/query-plan.js';

const [COOP, WORKSHOP, CELL, MEMBER] = [1, 2, 3, 4].map(
  (n) => `00000000-0000-7000-8001-00000000000${String(n)}`,
) as [...[string, string, string, string]];
const WEEK = { fromAt: Date.parse('2026-11-02T00:00Z'), toAt: Date.parse('2026-11-09T00:00Z') };

// Two stations with an hour booked in every two, for the five thousand hours before and after the week.
const GROWN = `BEGIN; SET LOCAL session_replication_role = replica;
  INSERT INTO workshop (coop_id, id, name, address, time_zone) VALUES ('${COOP}', '${WORKSHOP}', 'Hall', 'Street', 'UTC');
  INSERT INTO cell (coop_id, id, workshop_id, kind, name, grid_minutes, max_minutes, hourly_rate_minor)
    VALUES ('${COOP}', '${CELL}', '${WORKSHOP}', 'print', 'Print', 30, 480, 2400);
  INSERT INTO station (coop_id, id, cell_id, number)
    SELECT '${COOP}', ('00000000-0000-7000-8000-00000000000' || n)::uuid, '${CELL}', n FROM generate_series(1, 2) AS n;
  INSERT INTO booking (coop_id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor, currency, held_at)
    SELECT '${COOP}', '${WORKSHOP}', '${CELL}', station.id, '${MEMBER}', 'confirmed', span, span, 2400, 'EUR', lower(span)
      FROM station, generate_series(-5000, 5000) AS n, LATERAL (SELECT tstzrange(
        timestamptz '2026-11-02T00:00Z' + n * interval '2 hours', timestamptz '2026-11-02T01:00Z' + n * interval '2 hours') AS span) AS at;
  COMMIT`;

describe('what an insight reads', () => {
  let database: TestDatabase;
  const uses = new WorkshopUseRepository();
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.query(GROWN);
    await database.query('VACUUM ANALYZE');
  });
  afterAll(async () => {
    await database.drop();
  });

  it.each<[string, Parameters<typeof readingOf>[1]]>([
    ['the heat map', (q) => uses.use(q, COOP, WORKSHOP, WEEK)],
    ['a simulated week', (q) => uses.claims(q, COOP, [CELL], WEEK)],
  ])('for %s does not depend on what lies outside the stretch', async (_, ask) => {
    const { rows, tableScans }: Reading = await readingOf(database, ask);
    expect(tableScans).not.toContain('booking');
    // 84 bookings on each station, and the few rows of the workshop itself.
    expect(rows).toBeGreaterThanOrEqual(168);
    expect(rows).toBeLessThanOrEqual(180);
  });
});
