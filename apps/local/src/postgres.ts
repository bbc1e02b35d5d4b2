import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openLog, tail } from './logs.ts';
import { poll } from './poll.ts';
import {
  type ClusterOptions,
  ensureCluster,
  saveCluster,
  serverEnvironment,
  superuser,
} from './postgres-cluster.ts';
import { placeCluster, type Place } from './postgres-place.ts';
import { clearCrashed, runningPostmaster } from './postmaster.ts';
import { freePort } from './ports.ts';
import { isProcess, stopProcess } from './processes.ts';

export interface PostgresOptions extends ClusterOptions {
  /** The data folder that is wanted; as root it may lie elsewhere (see `placeCluster`). */
  readonly dataDir: string;
  readonly logFile: string;
  readonly fallbackRoot?: string;
}

export interface Postgres {
  readonly pid: number;
  readonly port: number;
  readonly dataDir: string;
  readonly adopted: boolean;
  /** The connection string of a database of this server. */
  url(database: string): string;
  isRunning(): boolean;
  /** Fast shutdown: sessions are ended, everything committed is kept. */
  stop(): Promise<void>;
}

/** Starts the cluster, making it first when there is none; a server that still runs on the same data is adopted. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const place = placeCluster(options.dataDir, options.fallbackRoot);
  const { port: savedPort, password } = await ensureCluster(place, options);

  const running = runningPostmaster(place.dataDir);
  if (running && (await answers(url(running.port, password, 'postgres'), place.dataDir))) {
    saveCluster(options.recordFile, { port: running.port, password, initialised: true });
    return server(place, running.pid, running.port, password, true);
  }
  if (running) await stopProcess(running.pid, place.dataDir, 'SIGQUIT');
  await clearCrashed(place.dataDir);

  const port = await freePort(savedPort);
  saveCluster(options.recordFile, { port, password, initialised: true });
  const pid = await launch(place, port, options);
  return server(place, pid, port, password, false);
}

async function launch(place: Place, port: number, options: PostgresOptions): Promise<number> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Two workers of Jest, each with several copies of the product and their pools, need more than one machine does.
    max_connections: options.throwAway ? '500' : '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Commits still reach the kernel before they are confirmed: a killed process loses none, only a killed machine does.
    ...(options.throwAway ? { fsync: 'off', full_page_writes: 'off' } : {}),
  };
  const args = ['-D', place.dataDir, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  // Detached, with a file for its words: it must not die of our death halfway through a write to a closed pipe.
  const log = openLog(options.logFile);
  const child = spawn(join(place.binDir, 'postgres'), args, {
    ...place.runAs,
    cwd: '/',
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failure: string | null = null;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure ??= `it ended with ${signal ?? `code ${String(code)}`}`));
  child.unref();

  // Crash recovery of a big database takes a while; the server is not ready before it.
  return poll('PostgreSQL to start', 60_000, () => {
    if (failure !== null) throw new Error(`PostgreSQL did not start: ${failure}.\n${tail(options.logFile)}`);
    const postmaster = runningPostmaster(place.dataDir);
    return postmaster?.ready && postmaster.pid === child.pid ? postmaster.pid : null;
  });
}

function server(place: Place, pid: number, port: number, password: string, adopted: boolean): Postgres {
  return {
    pid,
    port,
    dataDir: place.dataDir,
    adopted,
    url: (database) => url(port, password, database),
    isRunning: () => isProcess(pid, place.dataDir),
    stop: () => stopProcess(pid, place.dataDir, 'SIGINT', 30_000),
  };
}

function url(port: number, password: string, database: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${String(port)}/${database}`;
}

/** True when the server at the address serves exactly this data folder; a busy machine takes its time to answer. */
async function answers(connectionString: string, dataDir: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 20_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === dataDir;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes a database when it is not there yet. */
export async function ensureDatabase(postgres: Postgres, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
