import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { poll } from './poll.ts';
import { isProcess, processesIn, signal } from './processes.ts';

/** What `postmaster.pid` says about the server of a data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Reads `postmaster.pid` (line 1 pid, line 4 port, line 8 status); null when it is missing or not yet complete. */
export function readPostmaster(dataDir: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number.isInteger(port) ? port : 0, ready: lines[7]?.trim() === 'ready' };
}

/** The running server of this data folder; null when there is none, also when the pid now belongs to another program. */
export function runningPostmaster(dataDir: string): Postmaster | null {
  const postmaster = readPostmaster(dataDir);
  return postmaster && isProcess(postmaster.pid, dataDir) ? postmaster : null;
}

/**
 * Makes a data folder ready for a new server after a crash: waits for (then kills) processes that outlived their head and
 * removes a stale `postmaster.pid`, which PostgreSQL itself would respect when its pid is in use again.
 */
export async function clearCrashed(dataDir: string): Promise<void> {
  const folder = realpathSync(dataDir);
  const left = (): number[] => processesIn(folder);
  const gone = await poll('the processes of a crashed server', 5_000, () => left().length === 0).catch(
    () => false,
  );
  if (!gone) {
    for (const pid of left()) signal(pid, 'SIGKILL');
    await poll('killed processes of a crashed server', 5_000, () => left().length === 0);
  }
  rmSync(join(dataDir, 'postmaster.pid'), { force: true });
}
