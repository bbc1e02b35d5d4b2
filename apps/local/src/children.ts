import { spawn } from 'node:child_process';
import { closeSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openLog } from './logs.ts';
import { inRoot, inState } from './paths.ts';
import { signal, stopProcess } from './processes.ts';
import { readRecord, writeRecord } from './records.ts';

/** One Node process of ours. Nothing restarts it: whoever started it decides what its end means. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** How it ended; settles once. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  stop(graceMs?: number): Promise<void>;
}

interface Saved {
  pid: number;
  script: string;
}

export interface ChildOptions {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Show its words on our own output instead of keeping them in a log. */
  readonly shown?: boolean;
}

const recordOf = (name: string): string => inState('pids', `${name}.json`);
const dieWithParent = pathToFileURL(inRoot('apps/local/src/die-with-parent.ts')).href;

/** Starts a Node script in a process group of its own, so that Ctrl-C reaches only us; it ends when we end. */
export function startChild(options: ChildOptions): Child {
  const { name, script } = options;
  const logFile = inState('logs', `${name}.log`);
  const log = options.shown ? 'inherit' : openLog(logFile);
  const child = spawn(process.execPath, ['--import', dieWithParent, script, ...(options.args ?? [])], {
    cwd: inRoot(),
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  if (typeof log === 'number') closeSync(log);
  const { pid } = child;
  if (!pid) throw new Error(`The ${name} process could not be started with ${process.execPath} ${script}.`);
  writeRecord(recordOf(name), { pid, script } satisfies Saved);

  let over = false;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signalName) => {
      over = true;
      rmSync(recordOf(name), { force: true });
      resolve(signalName ?? `code ${String(code)}`);
    });
  });
  return {
    name,
    pid,
    logFile,
    ended,
    hasEnded: () => over,
    stop: async (graceMs = 5_000) => {
      if (over) return;
      signal(pid, 'SIGTERM');
      const force = setTimeout(() => {
        signal(-pid, 'SIGKILL');
      }, graceMs);
      await ended;
      clearTimeout(force);
    },
  };
}

/** Stops what an earlier start left running (it was killed and its children had no time to notice). */
export async function stopLeftovers(): Promise<string[]> {
  const folder = inState('pids');
  const stopped: string[] = [];
  let files: string[] = [];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  } catch {
    return stopped;
  }
  for (const file of files) {
    const saved = readRecord<Saved>(join(folder, file));
    if (saved?.pid && saved.script) await stopProcess(saved.pid, saved.script, 'SIGTERM', 3_000);
    rmSync(join(folder, file), { force: true });
    stopped.push(file.replace('.json', ''));
  }
  return stopped;
}
