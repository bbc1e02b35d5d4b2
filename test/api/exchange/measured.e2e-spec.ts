import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OffersRepository, type OfferKey } from '../../../apps/api/src/exchange/offers.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { readingOf } from '../../support/query-plan.js';

const [OFFERS, ORDERS, NEWEST] = [100, 1000, 200];

// The n-th order became ready n hours after the first; foreign keys sleep meanwhile.
const GROWN = `BEGIN; SET LOCAL session_replication_role = replica;
  INSERT INTO offer (coop_id, id, version, published_at)
    SELECT uuidv7(), uuidv7(), 1, '2026-01-01' FROM generate_series(1, ${String(OFFERS)});
  INSERT INTO service_order (coop_id, quote_id, offer_id, version, buyer_coop_id, state, units, price_minor, currency,
      promised_at, accepted_by, accepted_at, ready_at, passed, failed)
    SELECT offer.coop_id, uuidv7(), offer.id, 1, uuidv7(), 'handed_over', 10, 1, 'EUR', ready, uuidv7(),
           ready - (n * 37 % 1000) * interval '1 minute' - interval '1 second', ready, 10 - n % 3, n % 3
      FROM offer CROSS JOIN generate_series(1, ${String(ORDERS)}) AS n
           CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01' + n * interval '1 hour' AS ready) AS time;
  COMMIT`;

describe('what offers have shown in a hundred thousand orders', () => {
  const offers = new OffersRepository();
  let database: TestDatabase;
  let keys: OfferKey[];
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.query(GROWN);
    await database.query('VACUUM ANALYZE');
    keys = await database.query('SELECT coop_id AS "coopId", id FROM offer ORDER BY id');
  });
  afterAll(async () => {
    await database.drop();
  });

  it('is one statement for a whole page, which reads the newest two hundred orders of each and no more', async () => {
    const { rows, tableScans } = await readingOf(database, (q) => offers.measured(q, keys));
    expect(tableScans).toEqual([]);
    expect(rows).toBeLessThanOrEqual(OFFERS * NEWEST);
  });

  it('is exact for each of them, and nothing where no order stands', async () => {
    const nobody = { coopId: keys[0]?.coopId ?? '', id: '00000000-0000-7000-8000-000000000001' };
    const shown = await offers.measured(database, [...keys, nobody]);
    const newest = Array.from({ length: NEWEST }, (_, index) => ORDERS - index);
    const minutes = newest.map((n) => ((n * 37) % 1000) + 1).toSorted((a, b) => a - b);
    const passedUnits = newest.reduce((sum, n) => sum + 10 - (n % 3), 0);
    const figures = {
      ...{ orders: NEWEST, leadP50Minutes: minutes[99], leadP90Minutes: minutes[179] },
      ...{ inspectedOrders: NEWEST, inspectedUnits: NEWEST * 10, passedUnits },
      qualityPerMille: Math.floor((passedUnits * 1000) / (NEWEST * 10)),
    };
    expect(keys.map(({ id }) => shown.get(id))).toEqual(keys.map(() => figures));
    expect(shown.get(nobody.id)).toMatchObject({ orders: 0, leadP50Minutes: null, qualityPerMille: null });
  });
});
