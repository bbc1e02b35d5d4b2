import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { FEATURES } from '../../../apps/api/src/app.module.js';
import { PLATFORM_ENTITIES } from '../../../apps/api/src/platform/database/platform.entities.js';
import { migrations } from '../../../apps/api/src/platform/database/migrations.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { entitiesOf } from './entities.js';

/** Tables that belong to no provider: people, sessions, tenants themselves, and the product's own bookkeeping. */
const GLOBAL_TABLES = [
  'account',
  'api_key',
  'calendar_feed',
  'chain_sender',
  'clock_offset',
  'coop',
  'gtin',
  'live_ticket',
  'migrations',
  'network_key',
  'password_reset',
  'provider_brand',
  'rate_limit',
  'refresh_token',
  'request',
  'sandbox_charge',
  'sandbox_refund',
  'session',
  'sign_in_code',
];

const KEYS_WITHOUT_COOP = `
  SELECT c.conname AS name, t.relname AS table
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
   WHERE t.relnamespace = 'public'::regnamespace AND c.contype IN ('p', 'u', 'x', 'f') AND NOT t.relname = ANY($1)
     -- A key that leads to a global table carries that table's own key.
     AND NOT (c.contype = 'f' AND (SELECT relname FROM pg_class WHERE oid = c.confrelid) = ANY($1))
     AND NOT EXISTS (SELECT 1 FROM pg_attribute a
       WHERE a.attrelid = c.conrelid AND a.attname = 'coop_id' AND a.attnum = c.conkey[1])`;

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = new DataSource({
    type: 'postgres',
    url: database.url,
    entities: [...PLATFORM_ENTITIES, ...entitiesOf(FEATURES)],
    migrations: migrations(),
    migrationsTableName: 'migrations',
    installExtensions: false,
  });
  await dataSource.initialize();
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

describe('the database', () => {
  it('is what the entities say, to the last constraint', async () => {
    const difference = await dataSource.driver.createSchemaBuilder().log();
    expect(difference.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('has an entity for every table', async () => {
    const tables = await database.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
    );
    const known = new Set(dataSource.entityMetadatas.map((entity) => entity.tableName));
    expect(
      tables.map((table) => table.name).filter((name) => name !== 'migrations' && !known.has(name)),
    ).toEqual([]);
  });

  it("leads every key of a provider's table with coop_id", async () => {
    expect(await database.query(KEYS_WITHOUT_COOP, [GLOBAL_TABLES])).toEqual([]);
  });

  it('finds a table whose key forgets the provider', async () => {
    await database.query(
      'CREATE TABLE forgetful (id uuid NOT NULL, coop_id uuid NOT NULL, CONSTRAINT forgetful_pkey PRIMARY KEY (id))',
    );
    const found = await database.query(KEYS_WITHOUT_COOP, [GLOBAL_TABLES]);
    await database.query('DROP TABLE forgetful');
    expect(found).toEqual([{ name: 'forgetful_pkey', table: 'forgetful' }]);
  });

  it('names in its list of global tables only tables that exist', async () => {
    const rows = await database.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY($1) ORDER BY 1`,
      [GLOBAL_TABLES],
    );
    expect(rows.map((row) => row.name)).toEqual(GLOBAL_TABLES);
  });

  it('keeps money in whole minor units: no column is floating', async () => {
    const floats = await database.query(
      `SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type IN ('real', 'double precision', 'money')`,
    );
    expect(floats).toEqual([]);
  });

  it('can be taken down to nothing and built again', async () => {
    const own = await createTestDatabase();
    const source = new DataSource({
      type: 'postgres',
      url: own.url,
      migrations: migrations(),
      installExtensions: false,
    });
    await source.initialize();
    const count = migrations().length;
    for (let undone = 0; undone < count; undone += 1) await source.undoLastMigration();
    const left = await own.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations'`,
    );
    const again = await source.runMigrations();
    await source.destroy();
    await own.drop();
    expect(left).toEqual([]);
    expect(again).toHaveLength(count);
  });
});
