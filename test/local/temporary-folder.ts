import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, signal } from '../../apps/local/src/processes.ts';

/** Processes that were given a path in the folder: what a test that failed halfway leaves running. */
function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && commandLine(pid)?.includes(folder));
}

/** A folder whose name has a space, that the work gets; it and whatever still runs on it are gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'touchmark local-'));
  try {
    return await work(folder);
  } finally {
    for (const pid of processesOf(folder)) signal(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}
