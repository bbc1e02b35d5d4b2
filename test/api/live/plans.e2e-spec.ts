import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BookingEventsRepository,
  EVENTS_SINCE,
} from '../../../apps/api/src/booking/live-changes/booking-events.repository.js';
import { FeedBookingsRepository } from '../../../apps/api/src/feeds/feed-bookings.repository.js';
import { NoticesRepository } from '../../../apps/api/src/notices/notices.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { readingOf } from '../../support/query-plan.js';

const COOP = '00000000-0000-7000-8000-000000000001';
const STATION = '00000000-0000-7000-8000-000000000002';
const READER = '00000000-0000-7000-8000-000000000003';
const NOW = new Date('2026-11-18T00:00:00Z');
const DAY_MS = 86_400_000;
const stretch = {
  fromAt: new Date(NOW.getTime() - 30 * DAY_MS),
  toAt: new Date(NOW.getTime() + 90 * DAY_MS),
  oldestId: '01990000-0000-7000-8000-000000000000',
};

// Ten thousand bookings of one member on one station, half of them taken back, all but a few long ago; keys sleep.
const GROWN = `BEGIN; SET LOCAL session_replication_role = replica;
  INSERT INTO account (id, kind, email, display_name, created_at) VALUES ('${READER}', 'person', 'a@example.org', 'A', now());
  INSERT INTO coop (id, kind, slug, name, currency, domain, gtin_prefix, created_at)
    VALUES ('${COOP}', 'coop', 'coop', 'Co-op', 'EUR', 'coop.example', '400000', now());
  INSERT INTO membership (coop_id, account_id, roles, joined_at) VALUES ('${COOP}', '${READER}', '{member}', now());
  INSERT INTO booking (coop_id, id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor, currency, held_at, confirmed_at, ended_at)
    SELECT '${COOP}', ('0190' || lpad(to_hex(n), 8, '0') || '70008000000000000000')::uuid, '${COOP}', '${COOP}', '${STATION}', '${READER}',
           CASE WHEN n % 2 = 0 THEN 'cancelled' ELSE 'confirmed' END, during, during, 1, 'EUR', at, at, CASE WHEN n % 2 = 0 THEN at END
      FROM generate_series(1, 10000) AS n
      CROSS JOIN LATERAL (SELECT timestamptz '2020-01-01' + n * interval '5 hours' AS at) AS moment
      CROSS JOIN LATERAL (SELECT tstzrange(at, at + interval '1 hour') AS during) AS range;
  INSERT INTO booking_event (coop_id, sequence, workshop_id, cell_id, station_id, booking_id, kind, at)
    SELECT coop_id, nextval('booking_event_sequence'), workshop_id, cell_id, station_id, id, 'held', held_at FROM booking, generate_series(1, 3);
  INSERT INTO notice (coop_id, account_id, kind, title, body, link, created_at, read_at)
    SELECT '${COOP}', CASE WHEN n % 2 = 0 THEN '${READER}'::uuid ELSE uuidv7() END, 'told', 'News', '', '/', now(),
           CASE WHEN n < 19990 THEN now() END FROM generate_series(1, 20000) AS n;
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

  const events = new BookingEventsRepository();
  const notices = new NoticesRepository();
  const feeds = new FeedBookingsRepository();
  const some = {
    sequence: 1,
    coopId: COOP,
    stationId: STATION,
    bookingId: '01900000-0001-7000-8000-000000000000',
  };

  it.each<[string, number, Parameters<typeof readingOf>[1]]>([
    ['the newest event', 1, (q) => events.newest(q)],
    [
      'the events since a number, and some that were missing',
      60,
      (q) => q.query(EVENTS_SINCE, [29_950, [1, 2, 3], 500]),
    ],
    ['the stretches of an event', 4, (q) => events.stretches(q, [some])],
    ['my notices', 21, (q) => notices.page(q, READER, { limit: 20, after: null })],
    ['how many of them are unread', 20, (q) => notices.countUnread(q, READER)],
    ['the unread of many', 50, (q) => notices.unreadOf(q, [READER, COOP, STATION])],
    ['the feed of a member', 100, (q) => feeds.ofMember(q, READER, stretch)],
    ['the feed of a station', 100, (q) => feeds.ofStation(q, { coopId: COOP, stationId: STATION }, stretch)],
  ])('%s reads at most %i rows, and no large table from end to end', async (_, most, ask) => {
    const { rows, tableScans } = await readingOf(database, ask);
    const small = ['account', 'cell', 'clock_offset', 'coop', 'membership', 'station', 'workshop'];
    expect(tableScans.filter((name) => !small.includes(name))).toEqual([]);
    expect(rows).toBeLessThanOrEqual(most);
  });
});
