import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EditionsRepository } from '../../../apps/api/src/catalog/editions.repository.js';
import { DropsRepository } from '../../../apps/api/src/orders/drops.repository.js';
import { PaymentsRepository } from '../../../apps/api/src/orders/payments.repository.js';
import { RefundsRepository } from '../../../apps/api/src/orders/refunds.repository.js';
import { SaleOrdersRepository } from '../../../apps/api/src/orders/sale-orders.repository.js';
import { StatementRepository } from '../../../apps/api/src/payouts/statement/statement.repository.js';
import { tariffJson } from '../../../apps/api/src/pricing/index.js';
import { TariffsRepository } from '../../../apps/api/src/pricing/tariffs.repository.js';
import { RunsRepository } from '../../../apps/api/src/production/runs.repository.js';
import { UnitsRepository } from '../../../apps/api/src/production/units.repository.js';
import type { Transaction } from '../../../apps/api/src/platform/database/index.js';
import { inductionSql } from '../../../apps/api/src/workshops/index.js';
import { InductionsRepository } from '../../../apps/api/src/workshops/inductions.repository.js';
import { OpeningsRepository } from '../../../apps/api/src/workshops/openings.repository.js';
import { OwnHoursRepository } from '../../../apps/api/src/workshops/own-hours.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { readingOf, type Reading } from '../../support/query-plan.js';

const COOP = '00000000-0000-7000-8000-000000000001';
const DROP = '00000000-0000-7000-8000-000000000002';
const BUYER = '00000000-0000-7000-8000-000000000003';
const PAST = new Date('2026-01-05T00:00:00Z');

// Rows by the ten thousand, most of them long done; foreign keys sleep meanwhile, since only the plans are looked at.
const GROWN = `BEGIN; SET LOCAL session_replication_role = replica;
  INSERT INTO edition (coop_id, work_id, size, unit_price_minor, currency, agreement_version_id, gtin, created_at)
    SELECT '${COOP}', '${DROP}', 1, 1, 'EUR', '${DROP}', lpad(n::text, 14, '0'), timestamptz '2026-01-01' + n * interval '1 minute'
      FROM generate_series(1, 5000) AS n;
  INSERT INTO edition_drop (coop_id, id, edition_id, state, size, requested_at, closes_at, closed_at, settled_at)
    SELECT '${COOP}', CASE n WHEN 1 THEN '${DROP}' ELSE uuidv7() END, uuidv7(), CASE WHEN n < 4900 THEN 'locked' ELSE 'open' END, 100000,
           timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-01-05' + n * interval '1 minute',
           CASE WHEN n < 4900 THEN timestamptz '2026-01-06' END, CASE WHEN n BETWEEN 2 AND 4899 THEN timestamptz '2026-01-06' END
      FROM generate_series(1, 5000) AS n;
  UPDATE edition_drop SET closes_at = '2100-01-01' WHERE state = 'open' AND random() < 0.5;
  INSERT INTO run (coop_id, id, edition_id, drop_id, quantity, state, locked_at)
    SELECT coop_id, uuidv7(), edition_id, id, 1, 'finished', requested_at FROM edition_drop WHERE state = 'locked' AND id <> '${DROP}';
  INSERT INTO sale_order (coop_id, drop_id, edition_id, buyer_id, quantity, unit_price_minor, amount_minor, currency, state, placed_at, pay_by)
    SELECT '${COOP}', '${DROP}', '${DROP}', CASE WHEN n % 2 = 0 THEN '${BUYER}'::uuid ELSE uuidv7() END, 1, 100, 100, 'EUR',
           CASE WHEN n <= 18000 THEN 'kept' WHEN n <= 19000 THEN 'awaiting_payment' ELSE 'paid' END,
           timestamptz '2026-01-01' + n * interval '1 second', timestamptz '2026-01-02' + n * interval '1 second'
      FROM generate_series(1, 20000) AS n;
  INSERT INTO payment (coop_id, order_id, provider, method, amount_minor, currency, state, requested_at)
    SELECT '${COOP}', uuidv7(), 'sandbox', 'sandbox-accept', 100, 'EUR', CASE WHEN n <= 20000 THEN 'captured' ELSE 'requested' END,
           timestamptz '2026-01-01' + n * interval '1 second' FROM generate_series(1, 20200) AS n;
  INSERT INTO refund (coop_id, order_id, payment_id, amount_minor, reason, state, requested_at)
    SELECT '${COOP}', uuidv7(), uuidv7(), 100, 'late_capture', CASE WHEN n <= 20000 THEN 'settled' ELSE 'requested' END,
           timestamptz '2026-01-01' + n * interval '1 second' FROM generate_series(1, 20200) AS n;
  INSERT INTO unit (coop_id, run_id, lot_id, edition_id, order_id, state)
    SELECT '${COOP}', '${DROP}', '${DROP}', '${DROP}', uuidv7(), 'planned' FROM generate_series(1, 20000);
  INSERT INTO run_lot (coop_id, id, run_id, number, quantity) VALUES ('${COOP}', '${DROP}', '${DROP}', 1, 20000);
  INSERT INTO run_lot (coop_id, run_id, number, quantity)
    SELECT '${COOP}', uuidv7(), 1, 1 FROM generate_series(1, 5000);
  INSERT INTO ledger_transaction (coop_id, id, sequence, kind, reference, currency, posted_at, hash)
    SELECT '${COOP}', lpad(to_hex(n), 32, '0')::uuid, n, 'booking_charged', uuidv7(), 'EUR', '2026-01-01', '' FROM generate_series(1, 20000) AS n;
  INSERT INTO ledger_entry (coop_id, transaction_id, line, account, party_id, amount_minor, sequence, currency)
    SELECT coop_id, id, 1, 'member_receivable', CASE WHEN sequence % 2 = 0 THEN '${BUYER}'::uuid ELSE uuidv7() END, 1, sequence, currency
      FROM ledger_transaction;
  INSERT INTO tariff (coop_id, cell_id, valid_from, set_by, set_at, content)
    SELECT '${COOP}', CASE WHEN n % 2 = 0 THEN '${DROP}'::uuid END, timestamptz '2020-01-01' + n * interval '1 minute', '${BUYER}',
           '2020-01-01', '{}' FROM generate_series(1, 10000) AS n;
  INSERT INTO closure (coop_id, workshop_id, cell_id, from_at, to_at, reason)
    SELECT '${COOP}', '${DROP}', CASE WHEN n % 2 = 0 THEN '${DROP}'::uuid END, at, at + interval '1 hour', ''
      FROM generate_series(1, 20000) AS n CROSS JOIN LATERAL (SELECT timestamptz '2024-01-01' + n * interval '1 hour' AS at) AS hour;
  INSERT INTO own_hours (coop_id, workshop_id, cell_id, weekday, from_minute, to_minute)
    SELECT '${COOP}', CASE n WHEN 1 THEN '${DROP}' ELSE uuidv7() END, '${DROP}', 1, 0, 60 FROM generate_series(1, 5000) AS n;
  INSERT INTO induction_requirement (coop_id, cell_kind, how_to_get)
    SELECT CASE n WHEN 1 THEN '${COOP}' ELSE uuidv7() END, 'print', 'Ask.' FROM generate_series(1, 5000) AS n;
  INSERT INTO induction (coop_id, account_id, cell_kind, valid_from, valid_until, given_by, given_at)
    SELECT '${COOP}', CASE WHEN n % 200 = 0 THEN '${BUYER}'::uuid ELSE uuidv7() END, 'print', at, at + interval '1 hour', '${BUYER}', at
      FROM generate_series(1, 20000) AS n CROSS JOIN LATERAL (SELECT timestamptz '2024-01-01' + n * interval '1 hour' AS at) AS hour;
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

  const read = (ask: Parameters<typeof readingOf>[1]): Promise<Reading> => readingOf(database, ask);
  const orders = new SaleOrdersRepository();
  const inductions = new InductionsRepository();
  const drop = { coopId: COOP, id: DROP };
  const page = (after: readonly string[] | null) => ({ limit: 20, after });
  const newest = [PAST.toISOString(), DROP];

  it.each<[string, number, Parameters<typeof readingOf>[1]]>([
    ['drops that are due', 50, (q) => new DropsRepository().due(q)],
    ['drops with orders to be ended', 1000, (q) => orders.dropsWithDead(q)],
    ['drops that are not settled', 1, (q) => new DropsRepository().unsettled(q, 10)],
    ['the drops of a co-op', 21, (q) => new DropsRepository().newest(q, COOP, page(newest))],
    ['payments that nobody asks for', 100, (q) => new PaymentsRepository().forgotten(q, 10)],
    ['refunds that nobody sends', 100, (q) => new RefundsRepository().forgotten(q, 10)],
    ['my orders', 21, (q) => orders.ofBuyer(q, BUYER, page(null))],
    ['my orders on a later page', 21, (q) => orders.ofBuyer(q, BUYER, page(newest))],
    ['orders to be settled', 101, (q) => orders.paid(q, drop, 101)],
    ['kept orders', 101, (q) => orders.kept(q, drop, null, 101)],
    ['runs of a co-op', 21, (q) => new RunsRepository().newest(q, COOP, page(newest))],
    ['the units of a run', 42, (q) => new UnitsRepository().ofRuns(q, [drop], null, 21)],
    ['the tariff of a cell', 2, (q) => new TariffsRepository().inForce(q, COOP, DROP)],
    ['the tariff of a hold', 2, (q) => q.query(`SELECT ${tariffJson('$1', '$2')}`, [COOP, DROP])],
    ['the tariffs of a co-op', 21, (q) => new TariffsRepository().versions(q, COOP, null, page(newest))],
    ['the editions of a work', 100, (q) => new EditionsRepository().ofWorks(q, [drop])],
    [
      'the lines of a statement',
      42,
      (q) =>
        new StatementRepository().lines(q, { coopId: COOP, accountId: BUYER, currency: 'EUR' }, null, 20),
    ],
    [
      'a later page of a statement',
      42,
      (q) =>
        new StatementRepository().lines(
          q,
          { coopId: COOP, accountId: BUYER, currency: 'EUR' },
          ['9001', '1'],
          20,
        ),
    ],
    ['coming closures of a workshop', 52, (q) => new OpeningsRepository().comingClosures(q, [drop])],
    [
      'coming closures of a cell',
      102,
      (q) => new OpeningsRepository().comingClosuresOfCells(q, [{ ...drop, workshopId: DROP }]),
    ],
    ['own hours of a cell', 3, (q) => new OwnHoursRepository().ofCells(q, [{ ...drop, workshopId: DROP }])],
    ['inductions of a co-op', 21, (q) => inductions.page(q, { coopId: COOP, accountId: null }, page(null))],
    ['inductions of a member', 21, (q) => inductions.page(q, { coopId: COOP, accountId: BUYER }, page(null))],
    [
      'the induction that a hold needs',
      4,
      (q) =>
        q.query(`SELECT ${inductionSql('$1', '$2', "'print'", '$3', '$4')} AS "howToGet"`, [
          ...[COOP, BUYER, new Date('2024-01-10T10:10:00Z'), new Date('2024-01-10T10:20:00Z')],
        ]),
    ],
  ])('%s reads at most %i rows, and no table from end to end', async (_, most, ask) => {
    const { rows, tableScans } = await read(ask);
    expect(tableScans).toEqual([]);
    expect(rows).toBeLessThanOrEqual(most);
  });

  it('orders to be ended reads no order that is paid, and ends a bounded number at once', async () => {
    const { rows, tableScans } = await read((q) => orders.expire(q as Transaction, drop, PAST));
    expect(tableScans).toEqual([]);
    expect(rows).toBeLessThanOrEqual(3000);
    expect(rows).toBeGreaterThanOrEqual(1000);
  });
});
