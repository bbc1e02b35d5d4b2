import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAnvil } from '../../apps/local/src/anvil.ts';
import { startHeartbeat } from '../../apps/local/src/heartbeat.ts';
import { ensureDatabase, startPostgres } from '../../apps/local/src/postgres.ts';
import { runningPostmaster } from '../../apps/local/src/postmaster.ts';
import { commandLine, isProcess, stopProcess } from '../../apps/local/src/processes.ts';
import { readRecord } from '../../apps/local/src/records.ts';
import { migrate } from '../../apps/api/src/platform/database/migrations.ts';
import { chainBehindSeconds } from './chain-day.ts';
import { templateDatabase, variables } from './environment.ts';

const prefix = 'touchmark-test-';
const stoppers: (() => Promise<void> | void)[] = [];

/** Starts one PostgreSQL with a migrated template database and one chain; test files find them through the environment. */
export async function startTestServices(): Promise<void> {
  await clearKilledRuns();
  const folder = join(tmpdir(), `${prefix}${String(process.pid)}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  stoppers.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const [postgres, anvil] = await Promise.all([
    startPostgres({
      dataDir: join(folder, 'data'),
      recordFile: join(folder, 'postgres.json'),
      logFile: join(folder, 'postgres.log'),
      throwAway: true,
      fallbackRoot: folder,
    }),
    startAnvil({
      stateFile: join(folder, 'state.json'),
      recordFile: join(folder, 'anvil.json'),
      logFile: join(folder, 'anvil.log'),
      behindSeconds: chainBehindSeconds(),
      throwAway: true,
    }),
  ]);
  stoppers.push(
    () => postgres.stop(),
    () => anvil.stop(),
    startHeartbeat(anvil.url, 200),
  );
  await ensureDatabase(postgres, templateDatabase);
  await migrate(postgres.url(templateDatabase));
  process.env[variables.postgres] = postgres.url('postgres');
  process.env[variables.chain] = anvil.url;
}

export async function stopTestServices(): Promise<void> {
  for (let stop = stoppers.pop(); stop; stop = stoppers.pop()) await stop();
}

/** A run that was killed could not clean up: its services are stopped and its folder goes. */
async function clearKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length));
    if (commandLine(owner)?.includes('jest')) continue;
    const folder = join(tmpdir(), name);
    const postmaster = runningPostmaster(join(folder, 'data'));
    if (postmaster) await stopProcess(postmaster.pid, folder, 'SIGQUIT');
    const anvil = readRecord<{ pid: number }>(join(folder, 'anvil.json'));
    if (anvil?.pid && isProcess(anvil.pid, folder)) await stopProcess(anvil.pid, folder);
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  }
}
