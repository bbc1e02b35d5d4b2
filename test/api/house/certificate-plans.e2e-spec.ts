import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnchorBatchesRepository } from '../../../apps/api/src/certificates/anchor-batches.repository.js';
import {
  type CertificateStanding,
  CertificatesRepository,
} from '../../../apps/api/src/certificates/certificates.repository.js';
import { ClaimsRepository } from '../../../apps/api/src/certificates/claim-certificate/claims.repository.js';
import { RepairsRepository } from '../../../apps/api/src/certificates/repair-batch/repairs.repository.js';
import { ReplacementsRepository } from '../../../apps/api/src/certificates/replace-certificate/replacements.repository.js';
import { WithdrawalsRepository } from '../../../apps/api/src/certificates/revoke-certificates/withdrawals.repository.js';
import { AnchoringsRepository } from '../../../apps/api/src/certificates/show-anchoring/anchorings.repository.js';
import { ChainCallsRepository } from '../../../apps/api/src/chain/calls/chain-calls.repository.js';
import { OpenCallsRepository } from '../../../apps/api/src/chain/calls/open-calls.repository.js';
import { IssuerKeysRepository } from '../../../apps/api/src/chain/issuer-keys.repository.js';
import { BatchVoidsRepository } from '../../../apps/api/src/certificates/void-last-batch/batch-voids.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { readingOf, type Reading } from '../../support/query-plan.js';

const id = (place: number): string => `00000000-0000-7000-8000-${place.toString(16).padStart(12, '0')}`;
const COOP = id(1);
const EDITION = id(100_001);
const CERTIFICATE = id(1);
const KEY = { coopId: COOP, id: CERTIFICATE };

// 3,000 editions, the first of 20,000 pieces in 157 batches of 128; foreign keys sleep, since only the plans are looked at.
const GROWN = `BEGIN; SET LOCAL session_replication_role = replica;
  CREATE FUNCTION pg_temp.id(place int) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(place), 12, '0'))::uuid $$;
  INSERT INTO work (coop_id, id, sku, title, description, materials, created_at)
    VALUES ('${COOP}', '${COOP}', 'SKU', 'Work', '', '', '2026-01-01');
  INSERT INTO work (coop_id, id, sku, title, description, materials, created_at)
    SELECT '${COOP}', uuidv7(), 'SKU' || n, 'Work', '', '', '2026-01-01' FROM generate_series(1, 3000) AS n;
  INSERT INTO edition (coop_id, id, work_id, size, unit_price_minor, currency, agreement_version_id, gtin, next_serial, created_at)
    SELECT '${COOP}', pg_temp.id(100000 + n), '${COOP}', 30000, 1, 'EUR', '${COOP}', lpad(n::text, 14, '0'), 20001, '2026-01-01'
      FROM generate_series(1, 3000) AS n;
  INSERT INTO edition_drop (coop_id, id, edition_id, state, size, requested_at, closes_at, closed_at, settled_at)
    SELECT coop_id, uuidv7(), id, 'locked', size, '2026-01-01', '2026-01-05', '2026-01-06', '2026-01-06' FROM edition;
  INSERT INTO anchor_batch (coop_id, id, edition_id, first_serial, unit_count, root, cosign_until, state, publisher_signature, proposed_at, anchored_at)
    SELECT '${COOP}', pg_temp.id(5000 + n), '${EDITION}', (n - 1) * 128 + 1, 128, '', to_timestamp(0), 'anchored', '', '2026-01-01', '2026-01-01'
      FROM generate_series(1, 157) AS n;
  INSERT INTO anchor_batch (coop_id, id, edition_id, first_serial, unit_count, root, cosign_until, state, publisher_signature, proposed_at, anchored_at)
    SELECT '${COOP}', uuidv7(), uuidv7(), 1, 128, '', to_timestamp(0), 'anchored', '', '2026-01-01', '2026-01-01' FROM generate_series(1, 3000);
  INSERT INTO unit (coop_id, id, run_id, lot_id, edition_id, order_id, state, serial)
    SELECT '${COOP}', pg_temp.id(n), '${COOP}', '${COOP}', '${EDITION}', '${COOP}', 'passed', n FROM generate_series(1, 20000) AS n;
  INSERT INTO certificate (coop_id, id, unit_id, edition_id, serial, batch_id, token_id, document, document_root, claim_key,
         sealed_claim_key, digest, leaf, signer, signature, issued_at)
    SELECT '${COOP}', pg_temp.id(n), pg_temp.id(n), '${EDITION}', n, pg_temp.id(5001 + (n - 1) / 128), n::text, '', '', '', '', '', '',
           'old', '', '2026-01-01' FROM generate_series(1, 20000) AS n;
  INSERT INTO certificate_claim (coop_id, id, certificate_id, recipient, deadline, signature, state, requested_at, claimed_at)
    SELECT '${COOP}', pg_temp.id(n), pg_temp.id(n * 2), '', '2026-01-01', '', 'claimed', '2026-01-01', '2026-01-01' FROM generate_series(1, 9000) AS n;
  INSERT INTO withdrawal (coop_id, id, reason, words, requested_by, requested_at, recorded_at)
    SELECT '${COOP}', pg_temp.id(n), 3, '', '${COOP}', '2026-01-01', '2026-01-01' FROM generate_series(1, 900) AS n;
  INSERT INTO withdrawn_certificate (coop_id, certificate_id, withdrawal_id)
    SELECT '${COOP}', pg_temp.id(n * 20 + 1), pg_temp.id(n) FROM generate_series(1, 900) AS n;
  INSERT INTO certificate_replacement (coop_id, id, certificate_id, reason, words, document, document_root, claim_key, digest, leaf,
         signer, signature, requested_by, requested_at, recorded_at)
    SELECT '${COOP}', pg_temp.id(n), pg_temp.id(n * 20 + 2), 3, '', '', '', '', '', '', '', '', '${COOP}', '2026-01-01', '2026-01-01'
      FROM generate_series(1, 900) AS n;
  INSERT INTO batch_void (coop_id, id, edition_id, batch_id, first_serial, unit_count, root, words, requested_by, requested_at, recorded_at, final_at)
    SELECT '${COOP}', pg_temp.id(n), pg_temp.id(100000 + n), pg_temp.id(5000 + n), 1, 128, '', '', '${COOP}', '2026-01-01', '2026-01-01', '2026-01-01'
      FROM generate_series(2, 3000) AS n;
  INSERT INTO chain_call (coop_id, id, purpose, subject_id, payer, target, data, state, block_number, block_hash, queued_at, touched_at)
    SELECT '${COOP}'::uuid, uuidv7(), 'anchor', pg_temp.id(5000 + n), 'gas', '', '', 'final', n, '', timestamptz '2026-01-01', timestamptz '2026-01-01' FROM generate_series(1, 157) AS n
    UNION ALL SELECT '${COOP}', uuidv7(), 'claim', pg_temp.id(n), 'gas', '', '', 'final', n, '', timestamptz '2026-01-01', timestamptz '2026-01-01' FROM generate_series(1, 9000) AS n;
  INSERT INTO issuer_key (coop_id, id, purpose, address, requested_at, valid_from)
    SELECT pg_temp.id(n), uuidv7(), 'signer', 'old', '2026-01-01', '2026-01-01' FROM generate_series(1, 5000) AS n;
  COMMIT`;

describe('on editions that have grown, the plan of', () => {
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
  const certificates = new CertificatesRepository();
  const claims = new ClaimsRepository();
  const calls = new ChainCallsRepository();
  const voids = new BatchVoidsRepository();
  const page =
    (standing: CertificateStanding | null, after: number, ids: readonly string[] | null = null) =>
    (q: Parameters<Parameters<typeof readingOf>[1]>[0]) =>
      certificates.page(q, { coopId: COOP, editionId: EDITION, standing, ids }, after, 21);

  it.each<[string, number, Parameters<typeof readingOf>[1]]>([
    ['the certificates of an edition', 21, page(null, 15_000)],
    ['those that are withdrawn', 1000, page('withdrawn', 0)],
    ['those that are replaced', 1000, page('replaced', 0)],
    ['those that stand and are not claimed', 250, page('anchored', 0)],
    ['those that are claimed', 200, page('claimed', 0)],
    ['those that were chosen', 2, page(null, 0, [id(7000), id(19_000)])],
    ['a certificate by its id', 1, (q) => certificates.byId(q, CERTIFICATE)],
    ['a certificate by its token', 1, (q) => certificates.byToken(q, '77')],
    ['a certificate by its serial', 1, (q) => certificates.bySerial(q, COOP, EDITION, 77)],
    ['the leaves of a batch', 128, (q) => certificates.leavesOfBatch(q, COOP, id(5001))],
    ['what a key signed and is not final', 600, (q) => certificates.isLoose(q, COOP, 'old')],
    ['a piece that may be claimed', 10, (q) => claims.claimable(q, CERTIFICATE)],
    ['a claim by its id', 1, (q) => claims.byId(q, id(1))],
    ['the claims of certificates', 1, (q) => claims.ofCertificates(q, [{ coopId: COOP, id: id(2) }])],
    ['what may be changed', 10, (q) => new WithdrawalsRepository().changeable(q, COOP, [CERTIFICATE])],
    [
      'the withdrawals of certificates',
      4,
      (q) => new WithdrawalsRepository().ofCertificates(q, [{ coopId: COOP, id: id(21) }]),
    ],
    [
      'the replacements of certificates',
      2,
      (q) => new ReplacementsRepository().ofCertificates(q, [{ coopId: COOP, id: id(22) }]),
    ],
    [
      'the replacement in force',
      1,
      (q) => new ReplacementsRepository().inForce(q, { coopId: COOP, id: id(22) }),
    ],
    ['a replacement under way', 1, (q) => new ReplacementsRepository().isUnderWay(q, KEY)],
    ['the batches of an edition', 157, (q) => new AnchorBatchesRepository().page(q, COOP, EDITION, null, 21)],
    ['how far editions have come', 700, (q) => new AnchoringsRepository().page(q, COOP, null, null, 21)],
    ['how far one edition has come', 500, (q) => new AnchoringsRepository().page(q, COOP, EDITION, null, 2)],
    ['the last batch of an edition', 1, (q) => new AnchorBatchesRepository().lastAnchored(q, COOP, EDITION)],
    ['the batch at a serial', 1, (q) => new AnchorBatchesRepository().at(q, COOP, EDITION, 129)],
    ['whether an edition is settled', 320, (q) => new AnchorBatchesRepository().isSettled(q, COOP, EDITION)],
    ['the voids of an edition', 1, (q) => voids.page(q, COOP, id(100_077), null, 21)],
    ['a void under way', 1, (q) => voids.isUnderWay(q, COOP, EDITION)],
    ['how a batch stands that may be voided', 700, (q) => voids.standing(q, { coopId: COOP, id: id(5157) })],
    [
      'why a batch was voided',
      3,
      (q) => new RepairsRepository().whyVoided(q, { coopId: COOP, id: id(5077) }),
    ],
    ['the calls of claims', 1, (q) => calls.bySubjects(q, 'claim', [KEY])],
    ['the newest final call', 2, (q) => new OpenCallsRepository().newestFinal(q, 1, 0)],
    ['the keys of an issuer', 1, (q) => new IssuerKeysRepository().page(q, COOP, null, 21)],
  ])('%s reads at most %i rows, and no table from end to end', async (_, most, ask) => {
    const { rows, tableScans } = await read(ask);
    expect(tableScans).toEqual([]);
    expect(rows).toBeLessThanOrEqual(most);
  });
});
