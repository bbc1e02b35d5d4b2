import { rmSync } from 'node:fs';
import { inState } from './paths.ts';
import { poll } from './poll.ts';
import { commandLine, isProcess, parentOf, stopProcess } from './processes.ts';
import { readRecord, writeRecord } from './records.ts';

interface Saved {
  pid: number;
  url: string;
}

const file = (): string => inState('runner.json');
// Part of the command line of every runner, however it was started.
const marker = 'apps/local/';

/** Takes the state folder for this process; a start that still runs is refused, one whose terminal is gone is stopped. */
export async function takeStateFolder(url: string): Promise<void> {
  const other = readRecord<Saved>(file());
  if (other?.pid && other.pid !== process.pid && isProcess(other.pid, marker)) {
    const { pid } = other;
    // One whose npm was killed is about to stop by itself.
    if (isOrphan(pid)) await stopProcess(pid, marker, 'SIGTERM', 15_000);
    const gone = await poll('an earlier start', 3_000, () => !isProcess(pid, marker)).catch(() => false);
    if (!gone) {
      throw new Error(
        `Touchmark already runs from this folder: process ${String(pid)}, ${other.url ?? ''}. ` +
          `Expected one start per folder; use that one, or end it first (kill ${String(pid)}).`,
      );
    }
  }
  writeRecord(file(), { pid: process.pid, url } satisfies Saved);
}

/** In a container npm itself may be process 1. */
const isOrphan = (pid: number): boolean => parentOf(pid) === 1 && !commandLine(1)?.includes('npm');

export function releaseStateFolder(): void {
  if (readRecord<Saved>(file())?.pid === process.pid) rmSync(file(), { force: true });
}

/** npm and the shell between us: when one of them is killed we have no terminal any more and stop as well. */
export function onParentGone(act: () => void): void {
  if (!process.env['npm_lifecycle_event']) return;
  const parents = [process.ppid];
  const shell = /^(\S*\/)?(sh|bash|dash|ash)\s/;
  if (shell.test(commandLine(process.ppid) ?? '')) parents.push(parentOf(process.ppid) ?? process.ppid);
  const lines = parents.map((pid) => commandLine(pid));
  setInterval(() => {
    if (parents.every((pid, index) => commandLine(pid) === lines[index])) return;
    act();
  }, 500).unref();
}
