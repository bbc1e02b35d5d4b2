import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CreditsRepository } from '../../../apps/api/src/certificates/credit/credits.repository.js';
import { ErasuresRepository } from '../../../apps/api/src/certificates/erase-credit/erasures.repository.js';
import type { Transaction } from '../../../apps/api/src/platform/database/index.js';
import { PhotosRepository } from '../../../apps/api/src/production/photos/photos.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { readingOf } from '../../support/query-plan.js';

const id = (place: number): string => `00000000-0000-7000-8000-${place.toString(16).padStart(12, '0')}`;
const COOP = id(1);
const KEY = { coopId: COOP, id: id(7) };

// 20,000 certificates with two makers each, most of the first maker's erased; 3,000 runs with eight photos each.
const GROWN = `BEGIN; SET LOCAL session_replication_role = replica;
  CREATE FUNCTION pg_temp.id(place int) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(place), 12, '0'))::uuid $$;
  INSERT INTO unit (coop_id, id, run_id, lot_id, edition_id, order_id, state, serial)
    SELECT '${COOP}', pg_temp.id(n), pg_temp.id(n / 7), '${COOP}', '${COOP}', '${COOP}', 'passed', n FROM generate_series(1, 20000) AS n;
  INSERT INTO quality_record (coop_id, unit_id, outcome, note, inspector_id, recorded_at)
    SELECT '${COOP}', pg_temp.id(n), 'passed', '', '${COOP}', '2026-02-01' FROM generate_series(1, 20000) AS n;
  INSERT INTO certificate (coop_id, id, unit_id, edition_id, serial, token_id, document, document_root, claim_key,
         sealed_claim_key, digest, leaf, signer, signature, issued_at)
    SELECT '${COOP}', pg_temp.id(n), pg_temp.id(n), '${COOP}', n, n::text, '', '', '', '', '', '', '', '', '2026-01-01'
      FROM generate_series(1, 20000) AS n;
  INSERT INTO certificate_replacement (coop_id, id, certificate_id, reason, words, document, document_root, claim_key, digest, leaf,
         signer, signature, requested_by, requested_at, recorded_at)
    SELECT '${COOP}', pg_temp.id(n), pg_temp.id(n * 5 + 2), 3, '', '', '', '', '', '', '', '', '${COOP}', '2026-01-01', '2026-01-01'
      FROM generate_series(1, 3000) AS n;
  INSERT INTO certificate_maker (coop_id, certificate_id, place, account_id, erased_at)
    SELECT '${COOP}'::uuid, pg_temp.id(n), 1, pg_temp.id(1), CASE WHEN n <= 19500 THEN timestamptz '2026-01-01' END FROM generate_series(1, 20000) AS n
    UNION ALL SELECT '${COOP}', pg_temp.id(n), 2, pg_temp.id(2 + n % 50), NULL FROM generate_series(1, 20000) AS n;
  INSERT INTO maker_credit (coop_id, account_id, number)
    SELECT '${COOP}', pg_temp.id(n), n FROM generate_series(1, 5000) AS n;
  INSERT INTO credit_erasure (coop_id, id, account_id, requested_by, requested_at, finished_at)
    SELECT '${COOP}', pg_temp.id(n), pg_temp.id(n), pg_temp.id(n), '2026-01-01', CASE WHEN n > 3 THEN timestamptz '2026-01-01' END
      FROM generate_series(1, 5000) AS n;
  INSERT INTO photo (coop_id, sha256, type, bytes)
    SELECT '${COOP}', encode(sha256(n::text::bytea), 'hex'), 'image/png', n::text::bytea FROM generate_series(1, 24000) AS n;
  INSERT INTO production_photo (coop_id, id, run_id, sha256, caption, added_by, added_at)
    SELECT '${COOP}', pg_temp.id(n), pg_temp.id(n / 8), encode(sha256(n::text::bytea), 'hex'), '', '${COOP}', '2026-01-01'
      FROM generate_series(1, 24000) AS n;
  COMMIT`;

describe('with many certificates, makers and photos, the plan of', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.query(GROWN);
    await database.query('VACUUM ANALYZE');
  });
  afterAll(async () => {
    await database.drop();
  });

  const credits = new CreditsRepository();
  const erasures = new ErasuresRepository();
  const photos = new PhotosRepository();
  const first = { coopId: COOP, accountId: id(1) };
  // What is asked in a transaction is asked by the same statement as elsewhere.
  const inside = (q: unknown): Transaction => q as Transaction;

  it.each<[string, number, Parameters<typeof readingOf>[1]]>([
    ['how somebody is printed', 2, (q) => credits.of(q, COOP, [id(1), id(2)])],
    ['how many certificates show somebody', 500, (q) => credits.shown(q, COOP, id(1))],
    ['what an erasure does next', 200, (q) => erasures.next(q, first, 100)],
    ['whose fields those are', 4, (q) => erasures.places(inside(q), first, [id(19_999), id(20_000)])],
    ['the documents of certificates', 2, (q) => erasures.documents(inside(q), COOP, [id(1), id(2)])],
    ['erasures that are not done', 3, (q) => erasures.open(q)],
    ['the photos of a run', 16, (q) => photos.ofRuns(q, [KEY])],
    ['the photos that a certificate names', 24, (q) => photos.ofUnit(q, COOP, id(49))],
    ['a photo by its id', 2, (q) => photos.byId(q, KEY)],
    ['a photo by its digest', 1, (q) => photos.byDigest(q, 'ab'.repeat(32), [COOP])],
    [
      'whether a certificate names a photo',
      20,
      (q) => photos.isCertified(inside(q), { coopId: COOP, id: id(56) }),
    ],
  ])('%s reads at most %i rows, and no table from end to end', async (_, most, ask) => {
    const { rows, tableScans } = await readingOf(database, ask);
    expect(tableScans).toEqual([]);
    expect(rows).toBeLessThanOrEqual(most);
  });
});
