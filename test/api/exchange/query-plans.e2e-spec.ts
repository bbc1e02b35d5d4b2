import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OffersRepository } from '../../../apps/api/src/exchange/offers.repository.js';
import { ProviderBrandsRepository } from '../../../apps/api/src/exchange/provider-brands.repository.js';
import { QuotesRepository } from '../../../apps/api/src/exchange/quotes.repository.js';
import { ServiceMessagesRepository } from '../../../apps/api/src/exchange/service-messages.repository.js';
import { ServiceOrdersRepository } from '../../../apps/api/src/exchange/service-orders.repository.js';
import type { Transaction } from '../../../apps/api/src/platform/database/index.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { readingOf } from '../../support/query-plan.js';

const COOP = '00000000-0000-7000-8000-000000000001';
const OFFER = '00000000-0000-7000-8000-000000000002';
const BUYER = '00000000-0000-7000-8000-000000000003';
const ORDER = '00000000-0000-7000-8000-000000000004';
const NEWEST = ['2026-01-05T00:00:00.000Z', OFFER];

// Rows by the ten thousand, most of them done; foreign keys sleep meanwhile, since only the plans are looked at.
const GROWN = `BEGIN; SET LOCAL session_replication_role = replica;
  INSERT INTO offer (coop_id, id, version, published_at, withdrawn_at)
    SELECT CASE WHEN n % 50 = 0 THEN '${COOP}'::uuid ELSE uuidv7() END, CASE n WHEN 50 THEN '${OFFER}' ELSE uuidv7() END, 1, at,
           CASE WHEN n % 10 = 1 THEN at END
      FROM generate_series(1, 10000) AS n CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01' + n * interval '1 minute' AS at) AS minute;
  INSERT INTO offer_version (coop_id, offer_id, version, title, kinds_of_work, materials, lead_time, lead_hours, firm_hours, steps,
      prices, windows, refund, input_schema, currency, written_by, written_at)
    SELECT coop_id, id, 1, 'Printing', '{print}', '{}', '', 0, 0, '[]', '[]', '[]', '{}', '{}', 'EUR', '${BUYER}', published_at FROM offer;
  INSERT INTO offer_kind (coop_id, offer_id, kind, published_at)
    SELECT coop_id, id, CASE WHEN random() < 0.5 THEN 'print' ELSE 'rare' END, published_at FROM offer WHERE withdrawn_at IS NULL;
  INSERT INTO service_order (coop_id, id, quote_id, offer_id, version, buyer_coop_id, buyer_brand_id, state, units, price_minor, currency,
      promised_at, accepted_by, accepted_at, ready_at, passed, failed)
    SELECT CASE WHEN n % 4 = 0 THEN '${COOP}'::uuid ELSE uuidv7() END, CASE n WHEN 4 THEN '${ORDER}' ELSE uuidv7() END, uuidv7(),
           CASE WHEN n % 8 = 0 THEN '${OFFER}'::uuid ELSE uuidv7() END, 1, CASE WHEN n % 3 = 0 THEN '${BUYER}'::uuid END,
           CASE WHEN n % 3 = 1 THEN '${BUYER}'::uuid ELSE uuidv7() END, 'ready', 1, 1, 'EUR', at, '${BUYER}', at, at, 1, 0
      FROM generate_series(1, 20000) AS n CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01' + n * interval '1 minute' AS at) AS minute;
  INSERT INTO service_order_event (coop_id, order_id, number, state, actor_id, at)
    SELECT coop_id, id, 1, 'accepted', '${BUYER}', accepted_at FROM service_order;
  INSERT INTO service_message (coop_id, order_id, side, author_id, text, links, sent_at)
    SELECT coop_id, id, 'buyer', '${BUYER}', '', '{}', accepted_at FROM service_order;
  INSERT INTO service_message (coop_id, order_id, side, author_id, text, links, sent_at)
    SELECT '${COOP}', '${ORDER}', 'buyer', '${BUYER}', '', '{}', timestamptz '2026-01-01' + n * interval '1 minute'
      FROM generate_series(1, 500) AS n;
  INSERT INTO service_booking (coop_id, booking_id, order_id, position) SELECT coop_id, uuidv7(), id, 1 FROM service_order;
  INSERT INTO service_quote (coop_id, id, offer_id, version, buyer_coop_id, asked_by, units, input, price_lines, price_minor, currency,
      promised_at, asked_at, valid_until)
    SELECT coop_id, id, offer_id, 1, '${BUYER}', '${BUYER}', 1, '{}', '[]', 1, 'EUR', accepted_at + interval '2 days', accepted_at,
           accepted_at + interval '1 day' FROM service_order;
  INSERT INTO booking (coop_id, workshop_id, cell_id, station_id, service_order_id, state, origin, during, claim, price_minor, currency,
      held_at, confirmed_at)
    SELECT coop_id, '${OFFER}', '${OFFER}', uuidv7(), id, 'confirmed', 'service_order', during, during, 1, 'EUR', accepted_at, accepted_at
      FROM service_order CROSS JOIN LATERAL (SELECT tstzrange(accepted_at, accepted_at + interval '1 hour') AS during) AS hour;
  INSERT INTO provider_brand (brand_id, coop_id, since) SELECT uuidv7(), uuidv7(), timestamptz '2026-01-01' FROM generate_series(1, 5000)
    UNION ALL SELECT '${BUYER}', '${COOP}', '2026-01-01';
  INSERT INTO account (id, kind, owner_id, display_name, created_at) SELECT brand_id, 'brand', uuidv7(), 'Brand', since FROM provider_brand;
  INSERT INTO membership (coop_id, account_id, roles, joined_at)
    SELECT coop_id, owner_id, '{admin}', since FROM provider_brand JOIN account ON account.id = brand_id;
  COMMIT`;

describe('on tables of the exchange that have grown, the plan of', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.query(GROWN);
    await database.query('VACUUM ANALYZE');
  });
  afterAll(async () => {
    await database.drop();
  });

  const [offers, orders] = [new OffersRepository(), new ServiceOrdersRepository()];
  const [offer, order] = [
    { coopId: COOP, id: OFFER },
    { coopId: COOP, id: ORDER },
  ];
  const page = (after: readonly string[] | null) => ({ limit: 20, after });

  it.each<[string, number, Parameters<typeof readingOf>[1]]>([
    ['offers', 42, (q) => offers.newest(q, null, page(null))],
    ['a later page of offers', 42, (q) => offers.newest(q, null, page(NEWEST))],
    ['offers of a kind of work', 63, (q) => offers.newest(q, 'rare', page(null))],
    ['a later page of offers of a kind of work', 63, (q) => offers.newest(q, 'print', page(NEWEST))],
    ['offers of a provider', 66, (q) => offers.ofProvider(q, COOP, null, page(null))],
    ['a later page of offers of a provider', 66, (q) => offers.ofProvider(q, COOP, null, page(NEWEST))],
    ['an offer', 2, (q) => offers.byId(q, offer)],
    ['offers of orders', 3, (q) => offers.versions(q, [{ ...offer, version: 1 }])],
    ['what an offer has shown', 200, (q) => offers.measured(q, [offer])],
    ['orders sold', 21, (q) => orders.sold(q, COOP, page(NEWEST))],
    ['orders bought by a co-op', 21, (q) => orders.bought(q, { coopId: BUYER, brandId: null }, page(NEWEST))],
    ['orders bought by a brand', 21, (q) => orders.bought(q, { coopId: null, brandId: BUYER }, page(null))],
    [
      'orders of a brand and its co-op',
      42,
      (q) => orders.bought(q, { coopId: BUYER, brandId: BUYER }, page(null)),
    ],
    ['the history of orders', 2, (q) => orders.events(q, [order])],
    ['the bookings of orders', 2, (q) => orders.bookingIds(q, [order])],
    ['the positions of an order', 1, (q) => orders.positions(q, order)],
    ['the live bookings of an order', 2, (q) => orders.lockBookings(q as Transaction, order)],
    ['the order of a quote', 1, (q) => orders.ofQuote(q, COOP, ORDER)],
    ['a quote', 2, (q) => new QuotesRepository().byId(q, order)],
    ['messages of orders', 43, (q) => new ServiceMessagesRepository().newest(q, [order], page(NEWEST))],
    ['the provider of a brand', 3, (q) => new ProviderBrandsRepository().coopOf(q, BUYER)],
  ])('%s reads at most %i rows, and no table from end to end', async (_, most, ask) => {
    const { rows, tableScans } = await readingOf(database, ask);
    expect(tableScans).toEqual([]);
    expect(rows).toBeLessThanOrEqual(most);
  });
});
