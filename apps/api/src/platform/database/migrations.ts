import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runMigrations as migrateJobs } from 'graphile-worker';
import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';

const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url));
// TypeORM orders migrations by the milliseconds at the end of their name; ours are numbered by hand.
const EPOCH = 1_700_000_000_000;
// Any constant: several processes that start together migrate one after another.
const MIGRATION_LOCK = 7_305_113;

type MigrationClass = new () => MigrationInterface;

function migrationOf(file: string): MigrationClass {
  const stem = file.replace(/\.up\.sql$/, '');
  const number = Number(stem.slice(0, 4));
  const name = `${stem.slice(5).replaceAll('-', '_')}${String(EPOCH + number)}`;
  const sql = (direction: 'up' | 'down'): string => readFileSync(`${FOLDER}${stem}.${direction}.sql`, 'utf8');
  return class {
    readonly name = name;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(sql('up'));
    }
    async down(runner: QueryRunner): Promise<void> {
      await runner.query(sql('down'));
    }
  };
}

/** The hand-written SQL migrations in their order, as TypeORM runs them. */
export function migrations(): MigrationClass[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.up.sql'))
    .sort()
    .map(migrationOf);
}

/** How many migrations the database still lacks; 0 when it is ready. */
export async function pendingMigrations(
  query: (text: string) => Promise<{ name: string }[]>,
): Promise<number> {
  const done = new Set((await query('SELECT name FROM migrations')).map((row) => row.name));
  return migrations().filter((migration) => !done.has(new migration().name ?? '')).length;
}

/** Brings the database up to the newest migration, and the job queue's schema with it. */
export async function migrate(databaseUrl: string): Promise<void> {
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrateJobs({ connectionString: databaseUrl });
    const dataSource = new DataSource({
      type: 'postgres',
      url: databaseUrl,
      migrations: migrations(),
      migrationsTableName: 'migrations',
      migrationsTransactionMode: 'each',
    });
    await dataSource.initialize();
    try {
      await dataSource.runMigrations();
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await lock.end();
  }
}
