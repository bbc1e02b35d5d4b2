import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startPostgres, type Postgres, type PostgresOptions } from '../../apps/local/src/postgres.ts';
import { placeCluster } from '../../apps/local/src/postgres-place.ts';
import { processesIn, signal } from '../../apps/local/src/processes.ts';
import { withFolder } from './temporary-folder.js';

const optionsIn = (folder: string): PostgresOptions => ({
  dataDir: join(folder, 'data'),
  recordFile: join(folder, 'postgres.json'),
  logFile: join(folder, 'postgres.log'),
  throwAway: true,
  fallbackRoot: join(folder, 'elsewhere'),
});

async function query(postgres: Postgres, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

/** Runs the work on servers of one folder that others may enter, and stops the last of them. */
async function onServers(
  work: (options: PostgresOptions, folder: string) => Promise<Postgres>,
): Promise<void> {
  await withFolder(async (folder) => {
    chmodSync(folder, 0o755);
    const last = await work(optionsIn(folder), folder);
    await last.stop();
    expect(last.isRunning()).toBe(false);
  });
}

describe('the local database', () => {
  it('sorts by code point, keeps UTC and lets 200 clients in, whatever the host says', async () => {
    await onServers(async (options) => {
      // As a member of a co-op starts it; one for a test run lets more in.
      const postgres = await startPostgres({ ...options, throwAway: false });
      expect(await query(postgres, 'show timezone')).toEqual(['UTC']);
      expect(await query(postgres, 'show max_connections')).toEqual(['200']);
      expect(await query(postgres, "select x from unnest(array['b', 'B', 'a', 'ä']) x order by x")).toEqual([
        'B',
        'a',
        'b',
        'ä',
      ]);
      expect(await query(postgres, "select lower('Ä')")).toEqual(['ä']);
      return postgres;
    });
  });

  it('adopts a server that still runs on its data', async () => {
    await onServers(async (options) => {
      const first = await startPostgres(options);
      const second = await startPostgres(options);
      expect(second).toMatchObject({ adopted: true, pid: first.pid, port: first.port });
      return second;
    });
  });

  it('starts with its data and on its port after the server was killed', async () => {
    await onServers(async (options) => {
      const first = await startPostgres(options);
      await query(first, 'create table kept (id int)');
      signal(first.pid, 'SIGKILL');
      const second = await startPostgres(options);
      expect(second).toMatchObject({ adopted: false, port: first.port });
      expect(processesIn(second.dataDir)).not.toContain(first.pid);
      expect(await query(second, 'select count(*)::int from kept')).toEqual([0]);
      return second;
    });
  });

  it('starts although postmaster.pid names a process that is now another program', async () => {
    await onServers(async (options) => {
      const first = await startPostgres(options);
      const pidFile = join(first.dataDir, 'postmaster.pid');
      const text = readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.ppid));
      await first.stop();
      writeFileSync(pidFile, text);
      const second = await startPostgres(options);
      expect(second.adopted).toBe(false);
      return second;
    });
  });

  it('begins anew when making the cluster was interrupted', async () => {
    await onServers(async (options) => {
      const first = await startPostgres(options);
      await first.stop();
      const saved = JSON.parse(readFileSync(options.recordFile, 'utf8')) as object;
      writeFileSync(options.recordFile, JSON.stringify({ ...saved, initialised: false }));
      rmSync(join(first.dataDir, 'global'), { recursive: true });
      return startPostgres(options);
    });
  });

  it('refuses data whose password is missing instead of deleting it', async () => {
    await onServers(async (options) => {
      const first = await startPostgres(options);
      const record = readFileSync(options.recordFile, 'utf8');
      rmSync(options.recordFile);
      await expect(startPostgres(options)).rejects.toThrow('its password is missing');
      writeFileSync(options.recordFile, record);
      return startPostgres(options).then((again) => (expect(again.pid).toBe(first.pid), again));
    });
  });

  it('keeps its data where its account may enter when the folder is closed to others', async () => {
    await onServers(async (options, folder) => {
      const closed = join(folder, 'closed');
      mkdirSync(closed, { mode: 0o700 });
      const wanted = { ...options, dataDir: join(closed, 'data') };
      const postgres = await startPostgres(wanted);
      // Only root has to give the work to another account.
      const elsewhere = process.getuid?.() === 0;
      expect(postgres.dataDir.startsWith(join(folder, 'elsewhere'))).toBe(elsewhere);
      expect(existsSync(join(wanted.dataDir, 'PG_VERSION'))).toBe(!elsewhere);
      expect(await query(postgres, 'select 1')).toEqual([1]);
      return postgres;
    });
  });

  it('moves its data along when the folder is closed after the first start', async () => {
    await onServers(async (options, folder) => {
      const inner = join(folder, 'inner');
      mkdirSync(inner, { mode: 0o755 });
      const wanted = { ...options, dataDir: join(inner, 'data') };
      const first = await startPostgres(wanted);
      await query(first, 'create table kept (id int)');
      await first.stop();
      chmodSync(inner, 0o700);
      const second = await startPostgres(wanted);
      expect(await query(second, 'select count(*)::int from kept')).toEqual([0]);
      return second;
    });
  });

  it('lies in the wanted folder for a plain user, and only that user enters it', async () => {
    await withFolder((folder) => {
      const wanted = join(folder, 'state', 'postgres', 'data');
      const place = placeCluster(wanted, join(folder, 'elsewhere'), 1000);
      expect(place).toMatchObject({ dataDir: wanted, elsewhere: false, runAs: null });
      expect(statSync(wanted).mode & 0o777).toBe(0o700);
      return Promise.resolve();
    });
  });
});
