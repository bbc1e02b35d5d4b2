import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { poll } from './poll.ts';

/** The command line of a live process, arguments joined by spaces; null when there is no such process. */
export function commandLine(pid: number): string | null {
  try {
    const line = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
      .replaceAll('\0', ' ')
      .trim();
    // A zombie has an empty command line: it runs no more.
    return line === '' ? null : line;
  } catch {
    if (process.platform === 'linux') return null;
    const answer = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
    return answer.status === 0 ? answer.stdout.trim() || null : null;
  }
}

/** True when the process lives and is still the one we mean: pids are used again after a restart of the machine. */
export function isProcess(pid: number, marker: string): boolean {
  return commandLine(pid)?.includes(marker) ?? false;
}

/** The parent of a process, or null when either is gone. */
export function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

/** Processes whose working directory is the folder: what PostgreSQL leaves behind when only its head was killed. */
export function processesIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return Number.isInteger(pid) && readlinkSync(`/proc/${String(pid)}/cwd`) === folder;
      } catch {
        return false;
      }
    });
}

/** Sends a signal to one process (or, negative, to a group); a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Asks a process to stop, and makes it after `graceMs`; returns when it is gone. */
export async function stopProcess(
  pid: number,
  marker: string,
  ask: NodeJS.Signals = 'SIGTERM',
  graceMs = 5_000,
): Promise<void> {
  const gone = (): boolean => !isProcess(pid, marker);
  if (gone()) return;
  signal(pid, ask);
  const stopped = await poll(`process ${String(pid)} to stop`, graceMs, gone).catch(() => false);
  if (stopped) return;
  signal(pid, 'SIGKILL');
  await poll(`process ${String(pid)} to die`, 5_000, gone);
}
