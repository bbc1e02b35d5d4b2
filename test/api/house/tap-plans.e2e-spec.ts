import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Transaction } from '../../../apps/api/src/platform/database/index.js';
import { AnomaliesRepository } from '../../../apps/api/src/taps/anomalies.repository.js';
import { ScansRepository } from '../../../apps/api/src/taps/scans.repository.js';
import { type Tag, TagsRepository } from '../../../apps/api/src/taps/tags.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { readingOf, type Reading } from '../../support/query-plan.js';

const id = (place: number): string => `00000000-0000-7000-8000-${place.toString(16).padStart(12, '0')}`;
const COOP = id(1);
const EDITION = id(2);
const SESSION = Buffer.alloc(32);
const piece = { coopId: COOP, editionId: EDITION, serial: 7 };
const tag: Tag = {
  ...{ ...piece, id: id(7), uid: '04000000000007', keyVersion: 1, lastCounter: 1 },
  ...{ registeredAt: new Date(0), retiredAt: null, retiredWhy: null },
};

// 20,000 tags, 20,000 codes of one of them, scans of a month; foreign keys sleep, since only the plans are looked at.
const GROWN = `BEGIN; SET LOCAL session_replication_role = replica;
  CREATE FUNCTION pg_temp.id(place int) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(place), 12, '0'))::uuid $$;
  INSERT INTO edition (coop_id, id, work_id, size, unit_price_minor, currency, agreement_version_id, gtin, next_serial, created_at)
    VALUES ('${COOP}', '${EDITION}', '${COOP}', 30000, 1, 'EUR', '${COOP}', '1', 20001, '2026-01-01');
  INSERT INTO nfc_tag (coop_id, id, edition_id, serial, uid, key_version, last_counter, registered_by, registered_at)
    SELECT '${COOP}', pg_temp.id(n), '${EDITION}', n, '04' || lpad(n::text, 12, '0'), 1, 20000, '${COOP}', '2026-01-01'
      FROM generate_series(1, 20000) AS n;
  INSERT INTO shown_tap (coop_id, tag_id, counter, session_hash, shown_at)
    SELECT '${COOP}', '${id(7)}', n, '', timestamptz '2026-01-01' + n * interval '1 minute' FROM generate_series(1, 20000) AS n;
  INSERT INTO scan (coop_id, edition_id, serial, hour, network, region, times)
    SELECT '${COOP}', '${EDITION}', n % 50, date_trunc('hour', app_now()) - (n / 50) * interval '1 hour', int4send(n), 'DE', 1
      FROM generate_series(1, 30000) AS n;
  INSERT INTO scan_anomaly (coop_id, id, edition_id, serial, day, pattern, times, networks, regions, first_at, last_at)
    SELECT '${COOP}', pg_temp.id(n), '${EDITION}', n % 5000, date '2026-01-01' + n / 5000, 'PLACES_AT_ONCE', 1, 0, '{}',
           timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-01-01' + n * interval '1 minute'
      FROM generate_series(1, 20000) AS n;
  COMMIT`;

describe('on tags and scans that have grown, the plan of', () => {
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
  const tags = new TagsRepository();
  const scans = new ScansRepository();
  const anomalies = new AnomaliesRepository();

  it.each<[string, number, Parameters<typeof readingOf>[1]]>([
    ['the tag of a tap', 1, (q) => tags.inUse(q, COOP, tag.uid)],
    ['the tags of one uid', 2, (q) => tags.lockUid(q as Transaction, COOP, tag.uid)],
    ['whether a piece is tagged', 1, (q) => tags.isTagged(q, tag)],
    ['what is known of a code', 4, (q) => tags.shown(q, tag, 12_000, SESSION)],
    ['the tags of an edition', 21, (q) => tags.page(q, COOP, EDITION, id(15_000), 21)],
    ['codes to be forgotten', 0, (q) => tags.forget(q, new Date('2026-01-01'))],
    ['one more scan', 110, (q) => scans.count(q, piece, Buffer.alloc(8), 'DE')],
    ['the scans around it', 110, (q) => scans.around(q, piece)],
    ['the notice of a piece', 8, (q) => anomalies.patternsOf(q, piece, new Date('2026-01-01'))],
    ['the anomalies of a co-op', 21, (q) => anomalies.page(q, COOP, id(15_000), 21)],
    ['anomalies to be forgotten', 0, (q) => anomalies.forget(q, new Date('2026-01-01'))],
    ['scans to be summed up', 0, (q) => scans.sumUp(q, new Date('2000-01-01'))],
  ])('%s looks at %i rows at most, and reads no table from end to end', async (_, most, ask) => {
    const { rows, tableScans } = await read(ask);
    expect(tableScans).toEqual([]);
    expect(rows).toBeLessThanOrEqual(most);
  });
});
