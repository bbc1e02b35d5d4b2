import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allowanceJson } from '../../../apps/api/src/allowances/index.js';
import { CreditsRepository } from '../../../apps/api/src/allowances/credits.repository.js';
import { QuotasRepository } from '../../../apps/api/src/allowances/quotas.repository.js';
import { EntriesRepository } from '../../../apps/api/src/rounds/entries.repository.js';
import { RoundsRepository } from '../../../apps/api/src/rounds/rounds.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { readingOf } from '../../support/query-plan.js';

const COOP = '00000000-0000-7000-8000-000000000001';
const MEMBER = '00000000-0000-7000-8000-000000000002';
const THING = '00000000-0000-7000-8000-000000000003';
const AT = '2026-11-24T08:00:00Z';

// Years of claims of one member, of which forty are near; packs by the thousand, of which one is open; and as many rounds.
const GROWN = `BEGIN; SET LOCAL session_replication_role = replica;
  INSERT INTO workshop (coop_id, id, name, address, time_zone)
    SELECT '${COOP}', CASE n WHEN 1 THEN '${THING}' ELSE uuidv7() END, 'Hall', 'Street', 'UTC' FROM generate_series(1, 3000) AS n;
  INSERT INTO credit_pack (coop_id, id, name, minutes, price_minor, valid_days, created_at)
    SELECT '${COOP}', CASE n WHEN 1 THEN '${THING}' ELSE uuidv7() END, 'Pack', 60, 60, 30, '2024-01-01' FROM generate_series(1, 3000) AS n;
  INSERT INTO cell (coop_id, id, workshop_id, kind, name, grid_minutes, max_minutes, hourly_rate_minor)
    SELECT CASE n WHEN 1 THEN '${COOP}' ELSE uuidv7() END, CASE n WHEN 1 THEN '${THING}' ELSE uuidv7() END, '${THING}', 'print', 'Print', 30, 480, 1
      FROM generate_series(1, 3000) AS n;
  INSERT INTO membership (coop_id, account_id, roles, joined_at)
    SELECT '${COOP}', CASE n WHEN 1 THEN '${MEMBER}'::uuid ELSE uuidv7() END, '{member}', '2024-01-01' FROM generate_series(1, 3000) AS n;
  INSERT INTO quota_rule (coop_id, member_class, cell_kind, period, minutes, set_at)
    SELECT CASE n WHEN 1 THEN '${COOP}' ELSE uuidv7() END, 'standard', '*', 'week', 600, '2024-01-01' FROM generate_series(1, 3000) AS n;
  INSERT INTO booking (coop_id, id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor, currency, held_at, confirmed_at)
    SELECT '${COOP}', uuidv7(), '${THING}', '${THING}', uuidv7(), '${MEMBER}', 'confirmed', tstzrange(at, at + interval '1 hour'),
           tstzrange(at, at + interval '1 hour'), 1, 'EUR', at, at
      FROM generate_series(1, 20000) AS n
      CROSS JOIN LATERAL (SELECT timestamptz '2024-01-01' + n * interval '1 hour' AS at) AS hour;
  INSERT INTO booking (coop_id, id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor, currency, held_at, confirmed_at)
    SELECT '${COOP}', uuidv7(), '${THING}', '${THING}', uuidv7(), '${MEMBER}', 'confirmed', tstzrange(at, at + interval '1 hour'),
           tstzrange(at, at + interval '1 hour'), 1, 'EUR', at, at
      FROM generate_series(1, 40) AS n
      CROSS JOIN LATERAL (SELECT timestamptz '2026-11-22' + n * interval '1 hour' AS at) AS hour;
  INSERT INTO credit_grant (coop_id, id, pack_id, account_id, minutes, price_minor, currency, bought_at, expires_at, closed_at)
    SELECT '${COOP}', CASE n WHEN 1 THEN '${THING}' ELSE uuidv7() END, '${THING}', CASE WHEN n < 100 THEN '${MEMBER}' ELSE uuidv7() END,
           60, 60, 'EUR', '2024-01-01', CASE n WHEN 1 THEN timestamptz '2027-01-01' ELSE '2025-01-01' END,
           CASE WHEN n > 1 THEN timestamptz '2025-01-01' END FROM generate_series(1, 5000) AS n;
  INSERT INTO credit_use (coop_id, grant_id, booking_id, minutes, state)
    SELECT '${COOP}', uuidv7(), uuidv7(), 1, 'spent' FROM generate_series(1, 5000);
  INSERT INTO capacity_round (coop_id, id, cell_id, state, cap, opened_by, opened_at, deadline_at, commitment, secret, salt,
      requests_digest, block_chain_id, block_number, block_hash, block_time, seed, drawn_at)
    SELECT '${COOP}', CASE n WHEN 1 THEN '${THING}' ELSE uuidv7() END, CASE WHEN n % 10 = 0 THEN '${THING}' ELSE uuidv7() END, 'drawn', 1, '${MEMBER}',
           '2024-01-01', '2024-01-02', '', '', '', '', 1, 1, '', '2024-01-03', '', '2024-01-03' FROM generate_series(1, 5000) AS n;
  INSERT INTO round_slot (coop_id, round_id, number, station_id, from_at, to_at, claim_id, won_by, choice)
    SELECT coop_id, id, slot, uuidv7(), '2024-02-01', '2024-02-02', uuidv7(), uuidv7(), 1
      FROM capacity_round CROSS JOIN generate_series(1, 2) AS slot;
  INSERT INTO round_request (coop_id, round_id, account_id, pseudonym, first_slot, requested_at, past_wins)
    SELECT coop_id, id, uuidv7(), place::text, 1, '2024-01-01', 0 FROM capacity_round CROSS JOIN generate_series(1, 4) AS place;
  COMMIT`;

describe('on tables that have grown, the plan of', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.query(GROWN);
    await database.query('VACUUM ANALYZE');
  });
  afterAll(async () => {
    await database.drop();
  });

  const of = { coopId: '$1::uuid', accountId: '$2::uuid', cellKind: '$3::text', fromAt: '$4::timestamptz' };
  const page = { limit: 20, after: null };
  const round = { coopId: COOP, id: THING };
  const entries = new EntriesRepository();

  it.each<[string, number, Parameters<typeof readingOf>[1]]>([
    // Forty near claims with their cell and workshop, a rule or two, the one open pack.
    ["a member's allowance", 130, (q) => q.query(`SELECT ${allowanceJson(of)}`, [COOP, MEMBER, 'print', AT])],
    ['credits that are due', 10, (q) => new CreditsRepository().due(q, 100)],
    ["a member's credits", 45, (q) => new CreditsRepository().page(q, COOP, MEMBER, page)],
    ['the quotas of a co-op', 21, (q) => new QuotasRepository().page(q, COOP, page)],
    ['rounds that are due', 5, (q) => new RoundsRepository().due(q, 50)],
    ['the rounds of a co-op', 21, (q) => new RoundsRepository().page(q, COOP, null, page)],
    ['the rounds of a cell', 21, (q) => new RoundsRepository().page(q, COOP, THING, page)],
    ['the slots of a round', 4, (q) => entries.shown(q, [round], MEMBER)],
    ['the requests of a round', 10, (q) => entries.page(q, round, MEMBER, page)],
    ['who is in the draw', 10, (q) => entries.entrants(q, COOP, THING)],
  ])('%s reads at most %i rows, and no table from end to end', async (_, most, ask) => {
    const { rows, tableScans } = await readingOf(database, ask);
    expect(tableScans).toEqual([]);
    expect(rows).toBeLessThanOrEqual(most);
  });
});
