import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { migrations } from '../../../apps/api/src/platform/database/migrations.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const id = (place: number): string => `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`;
const COOP = id(1);
const EDITION = id(2);
const OLD = id(3);
const VOIDED = id(4);
const NEXT = id(5);

const batch = (key: string, first: number, state: string): string =>
  `INSERT INTO anchor_batch (coop_id, id, edition_id, first_serial, unit_count, root, cosign_until, state,
       publisher_signature, proposed_at, anchored_at)
     VALUES ('${COOP}', '${key}', '${EDITION}', ${String(first)}, 1, '', to_timestamp(0), '${state}', '0x', '2026-01-01', '2026-01-01');`;
const certificate = (serial: number, of: string): string =>
  `INSERT INTO certificate (coop_id, id, unit_id, edition_id, serial, batch_id, token_id, document, document_root, claim_key,
       sealed_claim_key, digest, leaf, signer, signature, issued_at)
     VALUES ('${COOP}', '${id(100 + serial)}', '${id(200 + serial)}', '${EDITION}', ${String(serial)}, '${of}', '${String(serial)}',
       '', '', '', '', '', '', '', '', '2026-01-01');`;
// Foreign keys sleep while the rows are made: these look at what the migration does to them, not at all they hang on.
const made = (...statements: string[]): string =>
  `BEGIN; SET LOCAL session_replication_role = replica; ${statements.join('\n')} COMMIT`;

describe('the migration of objections', () => {
  let database: TestDatabase;
  let source: DataSource;
  const isThere = async (): Promise<boolean> =>
    (await database.query(`SELECT 1 FROM pg_class WHERE relname = 'batch_void'`)).length > 0;
  const undone = async (): Promise<void> => {
    while (await isThere()) await source.undoLastMigration();
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    source = new DataSource({
      type: 'postgres',
      url: database.url,
      migrations: migrations(),
      installExtensions: false,
    });
    await source.initialize();
    await undone();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('gives editions of before no time for objections, and leaves their batches as they were', async () => {
    await database.query(
      made(
        `INSERT INTO edition_drop (coop_id, id, edition_id, state, size, requested_at, closes_at, cosign_days)
           VALUES ('${COOP}', '${id(6)}', '${EDITION}', 'open', 9, '2026-01-01', '2026-01-05', 1);`,
        batch(OLD, 1, 'anchored'),
        certificate(1, OLD),
      ),
    );
    await source.runMigrations();
    expect(await database.query('SELECT objection_days, cosign_days FROM edition_drop')).toEqual([
      { objection_days: 0, cosign_days: 1 },
    ]);
    expect(await database.query('SELECT id, state FROM anchor_batch')).toEqual([
      { id: OLD, state: 'anchored' },
    ]);
  });

  it('takes voided batches away with it, has their certificates wait, and comes back', async () => {
    await database.query(
      made(
        ...[batch(VOIDED, 2, 'voided'), certificate(2, VOIDED), batch(NEXT, 2, 'anchored')],
        `INSERT INTO batch_void (coop_id, id, edition_id, batch_id, first_serial, unit_count, root, words, requested_by,
             requested_at, recorded_at, final_at)
           VALUES ('${COOP}', '${id(7)}', '${EDITION}', '${VOIDED}', 2, 1, '', 'x', '${COOP}', '2026-01-01', '2026-01-01', '2026-01-01');`,
        `INSERT INTO batch_repair (coop_id, id, batch_id, refusal, remedy, words, decided_by, decided_at)
           VALUES ('${COOP}', '${id(8)}', '${VOIDED}', 'x', 'issue_anew', 'x', '${COOP}', '2026-01-01');`,
      ),
    );
    await undone();
    expect(await database.query('SELECT id FROM anchor_batch ORDER BY id')).toEqual([
      { id: OLD },
      { id: NEXT },
    ]);
    expect(await database.query('SELECT serial, batch_id FROM certificate ORDER BY serial')).toEqual([
      { serial: 1, batch_id: OLD },
      { serial: 2, batch_id: null },
    ]);
    await expect(database.query(made(batch(VOIDED, 1, 'anchored')))).rejects.toThrow(
      'anchor_batch_place_once',
    );
    await source.runMigrations();
    expect(await isThere()).toBe(true);
  });
});
