import { spawn } from 'node:child_process';
import { buildStale } from '../../apps/local/src/build.ts';
import { inRoot } from '../../apps/local/src/paths.ts';
import { until } from './until.js';

/** One process of the built product, as production runs it. */
export interface ProductProcess {
  /** What it has printed so far, on both streams. */
  output(): string;
  /** Waits for a piece of output; fails with the output when the process ends instead. */
  printed(text: string, withinMs?: number): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Waits for its end; the exit code, or the signal that ended it. */
  ended(withinMs?: number): Promise<number | NodeJS.Signals>;
}

/** Builds what is stale, so that the processes run the code at hand; nothing to do after the first stage of `npm test`. */
export async function builtProduct(): Promise<void> {
  await buildStale(undefined, (name) => name !== 'apps/web');
}

/** Starts `apps/api/dist/<script>` with these settings and nothing else of the test's environment but the path. */
export function startProcess(
  script: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ProductProcess {
  const child = spawn(process.execPath, [inRoot('apps/api/dist', script), ...args], {
    cwd: inRoot(),
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => words.push(chunk.toString()));
  const output = (): string => words.join('');
  let closed = false;
  child.once('close', () => (closed = true));
  const end = (): number | NodeJS.Signals | null => (closed ? (child.exitCode ?? child.signalCode) : null);
  return {
    output,
    printed: async (text, withinMs = 120_000) => {
      await until(
        `${script} to print "${text}"`,
        () => {
          if (output().includes(text)) return true;
          if (closed) throw new Error(`${script} ended before it printed "${text}":\n${output()}`);
          return false;
        },
        withinMs,
      );
    },
    signal: (name) => {
      child.kill(name);
    },
    ended: async (withinMs = 120_000) => {
      const { code } = await until(
        `${script} to end`,
        () => {
          const code = end();
          return code === null ? null : { code };
        },
        withinMs,
      );
      return code;
    },
  };
}
