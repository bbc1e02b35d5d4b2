import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../../apps/local/src/paths.ts';
import { placeCluster } from '../../apps/local/src/postgres-place.ts';
import { runningPostmaster } from '../../apps/local/src/postmaster.ts';
import { commandLine, processesIn, signal } from '../../apps/local/src/processes.ts';
import { readRecord } from '../../apps/local/src/records.ts';
import { until } from './until.js';

export interface ProductTree {
  readonly url: string;
  /** What the start has printed so far. */
  output(): string;
  /** Waits until the API says it is ready; fails with the output when the start ended instead. */
  ready(withinMs?: number): Promise<void>;
  /** Waits for a piece of output, for example the greeting after the story. */
  printed(text: string, withinMs?: number): Promise<void>;
  /** Connection string of the running database. */
  databaseUrl(): string;
  /** kill -9 of the runner alone: its Node children end by themselves, database and chain stay. */
  killRunner(): Promise<void>;
  /** kill -9 of every process: runner, API, worker, publisher, story, chain, database. */
  killEverything(): Promise<void>;
  /** Ctrl-C; returns the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the whole product as `npm start` does, on a state folder of the test's own; the code must have been built. */
export function startProductTree(stateDir: string, port: number): ProductTree {
  const url = `http://127.0.0.1:${String(port)}`;
  const words: string[] = [];
  const runner = spawn(process.execPath, [inRoot('apps/local/run.mjs'), 'start'], {
    cwd: inRoot(),
    // Without the flags of Jest, and not as a script of npm: its end must not depend on the parents of this test.
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      npm_lifecycle_event: '',
      TOUCHMARK_DIR: stateDir,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [runner.stdout, runner.stderr])
    stream.on('data', (chunk: Buffer) => words.push(chunk.toString()));
  const output = (): string => words.join('');
  const waitFor = async (
    what: string,
    withinMs: number,
    ask: () => Promise<boolean> | boolean,
  ): Promise<void> => {
    await until(
      what,
      () => {
        if (hasEnded(runner)) throw new Error(`The start ended while we waited for ${what}:\n${output()}`);
        return ask();
      },
      withinMs,
    );
  };
  return {
    url,
    output,
    ready: (withinMs = 120_000) => waitFor(`${url} to be ready`, withinMs, () => isReady(url)),
    printed: (text, withinMs = 300_000) => waitFor(`"${text}"`, withinMs, () => output().includes(text)),
    databaseUrl: () => databaseUrl(stateDir),
    killRunner: async () => {
      runner.kill('SIGKILL');
      await until('the runner to die', () => hasEnded(runner));
    },
    killEverything: async () => {
      const pids = everyPid(stateDir, runner);
      for (const pid of pids) signal(pid, 'SIGKILL');
      await until('every process to die', () => pids.every((pid) => commandLine(pid) === null));
    },
    stop: async () => {
      runner.kill('SIGINT');
      await until('the start to end', () => hasEnded(runner), 120_000);
      return runner.exitCode;
    },
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    (response) => response.ok,
    () => false,
  );
}

const dataDirOf = (stateDir: string): string => placeCluster(join(stateDir, 'postgres/data')).dataDir;

function databaseUrl(stateDir: string): string {
  const saved = readRecord<{ port: number; password: string }>(join(stateDir, 'postgres/postgres.json'));
  return `postgres://touchmark:${saved?.password ?? ''}@127.0.0.1:${String(saved?.port)}/touchmark`;
}

/** The runner first: it must not notice that its children are gone and begin an orderly stop. */
function everyPid(stateDir: string, runner: ChildProcess): number[] {
  const dataDir = dataDirOf(stateDir);
  const records = [
    join(stateDir, 'anvil/anvil.json'),
    ...readdirSync(join(stateDir, 'pids')).map((file) => join(stateDir, 'pids', file)),
  ];
  const recorded = records.map((file) => readRecord<{ pid: number }>(file)?.pid);
  const found = [runner.pid, ...recorded, runningPostmaster(dataDir)?.pid, ...processesIn(dataDir)];
  return [...new Set(found.filter((pid) => pid !== undefined))];
}
