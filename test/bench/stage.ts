// The stage of the benchmark: a database of its own with the settings of production, and the API as one process.
import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrateDatabase } from '../../apps/local/src/migrate.ts';
import { ensureKeys } from '../../apps/local/src/keys.ts';
import { inRoot } from '../../apps/local/src/paths.ts';
import { poll } from '../../apps/local/src/poll.ts';
import { freePort } from '../../apps/local/src/ports.ts';
import { ensureDatabase, startPostgres } from '../../apps/local/src/postgres.ts';
import type { Past } from './free-slots.ts';
import type { LoadOrder, LoadReport, LoadSetup, World } from './world.ts';

export interface Stage {
  readonly world: World;
  readonly database: pg.Client;
  /** One API each on a copy of the seeded database, for a calendar with a past of this many bookings. */
  pasts(bookings: readonly [number, number]): Promise<[Past, Past]>;
  order(order: LoadOrder): Promise<LoadReport>;
  close(): Promise<void>;
}

const DATABASE = 'bench';
// Who waits for a connection costs less than who waits for a lock in PostgreSQL; two processors keep no more busy.
const POOL = 10;
const COPIES = ['bench_short_past', 'bench_long_past'] as const;

function answer<Message>(child: ChildProcess, what: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => {
      reject(new Error(`The ${what} process ended with code ${String(code)} before it answered.`));
    };
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Message);
    });
  });
}

const sqlOf = (name: string): string => readFileSync(inRoot('test/bench/sql', name), 'utf8');

/** Starts everything and seeds it for so many clients; `durable` is how production runs: every commit reaches the disk. */
export async function openStage(clients: number, durable: boolean): Promise<Stage> {
  const closers: Closers = [];
  const close = async (): Promise<void> => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };
  try {
    return await furnish(clients, durable, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function furnish(
  clients: number,
  durable: boolean,
  closers: Closers,
  close: () => Promise<void>,
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'touchmark-bench-'));
  // PostgreSQL does not run as root: its own user must be able to enter.
  chmodSync(folder, 0o755);
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = await startPostgres({
    ...{ dataDir: join(folder, 'data'), recordFile: join(folder, 'postgres.json') },
    ...{ logFile: join(folder, 'postgres.log'), fallbackRoot: folder, throwAway: !durable },
  });
  closers.push(() => postgres.stop());
  await ensureDatabase(postgres, DATABASE);
  const databaseUrl = postgres.url(DATABASE);
  await migrateDatabase(databaseUrl);
  const keys = { all: join(folder, 'keys'), publisher: join(folder, 'keys-publisher') };
  ensureKeys(keys);
  const env = {
    ...{ ...process.env, NODE_ENV: 'production', TOUCHMARK_MODE: 'test', DATABASE_URL: databaseUrl },
    // Booking never talks to a chain, so none is started; nobody listens there.
    ...{ CHAIN_RPC_URLS: 'http://127.0.0.1:1', RECEIPTS_CONTRACT: `0x${'0'.repeat(40)}` },
    ...{ DATABASE_POOL_SIZE: String(POOL), PUBLIC_URL: 'http://127.0.0.1:1', PORT: '1' },
    ...{ KEYS_DIR: keys.all, MAIL_DIR: join(folder, 'mail'), LOG_LEVEL: 'warn' },
  };
  const world = await answer<World>(fork(inRoot('test/bench/seed.ts'), [String(clients)], { env }), 'seed');
  await copyDatabase(postgres.url('postgres'));
  const apiUrl = await startApi(env, closers);
  const database = await client(databaseUrl, closers);
  await database.query(sqlOf('hold.sql'));
  await database.query(sqlOf('confirm.sql'));
  const past = async (name: string, bookings: number): Promise<Past> => {
    const url = postgres.url(name);
    return {
      apiUrl: await startApi({ ...env, DATABASE_URL: url }, closers),
      database: await client(url, closers),
      bookings,
    };
  };
  const pasts: Stage['pasts'] = async ([few, many]) => [
    await past(COPIES[0], few),
    await past(COPIES[1], many),
  ];

  const setup: LoadSetup = { world, apiUrl, databaseUrl, clients };
  const load = fork(inRoot('test/bench/load.ts'), [JSON.stringify(setup)]);
  closers.push(() => stop(load));
  await answer(load, 'load');
  const order = (what: LoadOrder): Promise<LoadReport> => {
    const report = answer<LoadReport>(load, 'load');
    load.send(what);
    return report;
  };
  return { world, database, pasts, order, close };
}

/** Copies the seeded database while nobody is connected to it. */
async function copyDatabase(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  for (const name of COPIES) await admin.query(`CREATE DATABASE ${name} TEMPLATE ${DATABASE}`);
  await admin.end();
}

/** Takes what is to be ended; the last one first. */
export type Closers = (() => Promise<void> | void)[];

async function client(connectionString: string, closers: Closers): Promise<pg.Client> {
  const connected = new pg.Client({ connectionString });
  await connected.connect();
  closers.push(() => connected.end());
  return connected;
}

/** Starts the built API as a process of its own; its address. */
export async function startApi(env: NodeJS.ProcessEnv, closers: Closers): Promise<string> {
  const port = String(await freePort());
  const apiUrl = `http://127.0.0.1:${port}`;
  const api = fork(inRoot('apps/api/dist/main.js'), [], { env: { ...env, PORT: port, PUBLIC_URL: apiUrl } });
  closers.push(() => stop(api));
  await poll('the API to answer', 60_000, async () => {
    if (api.exitCode !== null) throw new Error(`The API ended with code ${String(api.exitCode)}.`);
    return (await fetch(`${apiUrl}/health/live`).catch(() => null))?.ok === true;
  });
  return apiUrl;
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.kill('SIGTERM');
  });
}
