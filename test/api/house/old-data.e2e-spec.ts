import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { migrations } from '../../../apps/api/src/platform/database/migrations.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const id = (place: number): string => `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`;
const [COOP, OTHER] = [id(1), id(2)];

describe('data that was written before a migration', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    source = new DataSource({
      type: 'postgres',
      url: database.url,
      migrations: migrations(),
      installExtensions: false,
    });
    await source.initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  /** Undoes all from the migration of this number on; they are numbered without a gap. */
  const downTo = async (number: number): Promise<void> => {
    for (;;) {
      const [row] = await database.query<{ done: number }>('select count(*)::int as done from migrations');
      if ((row?.done ?? 0) < number) return;
      await source.undoLastMigration();
    }
  };
  // What other tables say of these rows does not matter here.
  const write = (statements: string): Promise<unknown> =>
    database.query(`BEGIN; SET LOCAL session_replication_role = replica; ${statements}; COMMIT`);

  it('names the makers of each certificate by the agreement of its own edition, and again after going back', async () => {
    await downTo(27);
    const edition = (coop: string, edition: string, version: string, gtin: string): string =>
      `INSERT INTO edition (coop_id, id, work_id, size, unit_price_minor, currency, agreement_version_id, gtin, created_at)
       VALUES ('${coop}', '${edition}', '${id(9)}', 50, 100, 'EUR', '${version}', '${gtin}', '2026-01-01')`;
    const party = (coop: string, version: string, position: number, account: string): string =>
      `INSERT INTO agreement_party (coop_id, version_id, position, account_id, weight)
       VALUES ('${coop}', '${version}', ${String(position)}, '${account}', 1);
       INSERT INTO membership (coop_id, account_id, roles, joined_at)
       VALUES ('${coop}', '${account}', '{member}', '2026-01-01')`;
    const certificate = (coop: string, place: number, of: string): string =>
      `INSERT INTO certificate (coop_id, id, unit_id, edition_id, serial, token_id, document, document_root, claim_key,
         sealed_claim_key, digest, leaf, signer, signature, issued_at)
       VALUES ('${coop}', '${id(place)}', '${id(place)}', '${of}', ${String(place)}, '${String(place)}', '', '', '', '', '', '', '', '', '2026-01-01')`;
    await write(
      [
        edition(COOP, id(10), id(20), '04012345000016'),
        edition(OTHER, id(11), id(20), '04012345000023'),
        edition(COOP, id(12), id(21), '04012345000030'),
        party(COOP, id(20), 1, id(31)),
        party(COOP, id(20), 2, id(32)),
        // Another co-op whose version has the same id, and a version that no edition of a certificate has.
        party(OTHER, id(20), 1, id(33)),
        party(COOP, id(21), 1, id(34)),
        certificate(COOP, 41, id(10)),
        certificate(COOP, 42, id(10)),
        certificate(OTHER, 43, id(11)),
      ].join(';'),
    );
    const makers = () =>
      database.query(
        `select coop_id as coop, certificate_id as certificate, place, account_id as account, erased_at as erased
           from certificate_maker order by certificate_id, place`,
      );
    const expected = [
      { coop: COOP, certificate: id(41), place: 1, account: id(31), erased: null },
      { coop: COOP, certificate: id(41), place: 2, account: id(32), erased: null },
      { coop: COOP, certificate: id(42), place: 1, account: id(31), erased: null },
      { coop: COOP, certificate: id(42), place: 2, account: id(32), erased: null },
      { coop: OTHER, certificate: id(43), place: 1, account: id(33), erased: null },
    ];
    for (let time = 0; time < 2; time += 1) {
      await source.runMigrations();
      expect(await makers()).toEqual(expected);
      await downTo(27);
    }
  });

  it('keeps every photo but those that were taken down when it goes back behind that', async () => {
    await source.runMigrations();
    const photo = (bytes: string, gone: string): string =>
      `INSERT INTO photo (coop_id, sha256, type, bytes, taken_down_at, taken_down_by, taken_down_why)
       VALUES ('${COOP}', encode(sha256('${bytes}'), 'hex'), 'image/png', ${gone})`;
    const of = (place: number, bytes: string): string =>
      `INSERT INTO production_photo (coop_id, id, run_id, sha256, caption, added_by, added_at)
       VALUES ('${COOP}', '${id(place)}', '${id(8)}', encode(sha256('${bytes}'), 'hex'), '', '${id(31)}', '2026-01-01')`;
    await write(
      [
        photo('kept', `'kept', NULL, NULL, NULL`),
        photo('gone', `NULL, '2026-01-01', '${id(31)}', 'Asked for.'`),
        ...[of(51, 'kept'), of(52, 'gone')],
      ].join(';'),
    );
    await downTo(30);
    const left = `select p.id, convert_from(f.bytes, 'UTF8') as bytes from production_photo p join photo f using (coop_id, sha256)`;
    expect(await database.query(left)).toEqual([{ id: id(51), bytes: 'kept' }]);
    await source.runMigrations();
    expect(await database.query(`${left} where taken_down_at is null`)).toEqual([
      { id: id(51), bytes: 'kept' },
    ]);
  });
});
