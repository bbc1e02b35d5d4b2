import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { serviceUrl, templateDatabase } from './environment.ts';
import { until } from './until.ts';

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** One query on a connection of its own, for what a test wants to see behind the product. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Ends every session and removes the database. */
  drop(): Promise<void>;
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  return connected(serviceUrl('postgres'), work);
}

const OBJECT_IN_USE = '55006';

/** Runs a statement that needs a database without sessions: PostgreSQL waits five seconds for one to end, a busy machine longer. */
async function whenUnused(name: string, statement: string): Promise<void> {
  await until(`no session to be on the database ${name}`, () =>
    onServer((client) => client.query(statement)).catch((error: unknown) => {
      if ((error as { readonly code?: string }).code !== OBJECT_IN_USE) throw error;
      return false;
    }),
  );
}

async function connected<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes a database for one test file: a copy of the migrated template, so it costs milliseconds and shares nothing. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await whenUnused(templateDatabase, `create database ${name} template ${templateDatabase}`);
  const url = new URL(serviceUrl('postgres'));
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    query: <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      connected(url.href, async (client) => (await client.query<Row>(text, [...values])).rows),
    drop: () => whenUnused(name, `drop database if exists ${name} with (force)`),
  };
}
