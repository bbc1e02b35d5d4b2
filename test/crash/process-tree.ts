import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { freePort } from '../../apps/local/src/ports.ts';
import { inRoot } from '../../apps/local/src/paths.ts';
import { poll } from '../../apps/local/src/poll.ts';

/** One `npm start` with a state folder of its own, as an outsider sees it: its output, its port, its processes. */
export interface Start {
  readonly url: string;
  output(): string;
  /** Waits until the output contains `text`; throws with the output when it ends or the time is up. */
  says(text: string, withinMs: number): Promise<void>;
  /** Every process below the start, itself included. */
  tree(): number[];
  /** SIGKILL to each of `pids`, deepest first. */
  kill(pids: readonly number[]): Promise<void>;
  /** Ctrl-C, and the wait until everything is down. */
  interrupt(withinMs: number): Promise<number | null>;
}

/** Starts the product in `folder`; `port` is taken again after a crash so that printed links stay true. */
export async function start(folder: string, port?: number): Promise<Start> {
  const chosen = port ?? (await freePort());
  let text = '';
  const child: ChildProcess = spawn(process.execPath, [inRoot('apps/local/src/start.ts')], {
    env: { ...process.env, TOUCHMARK_DIR: folder, PORT: String(chosen), NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const listen = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    url: `http://127.0.0.1:${String(chosen)}`,
    output: () => text,
    says: async (wanted, withinMs) => {
      await poll(`"${wanted}" from the start`, withinMs, () => {
        if (text.includes(wanted)) return true;
        if (ended()) throw new Error(`The start ended before it said "${wanted}":\n${text}`);
        return false;
      }).catch((error: unknown) => {
        throw new Error(`${(error as Error).message}\n${text}`);
      });
    },
    tree: () => descendants(child.pid ?? 0),
    kill: async (pids) => {
      for (const pid of [...pids].reverse()) killOne(pid);
      await poll('the killed processes to be gone', 10_000, () =>
        pids.every((pid) => parentOf(pid) === null),
      );
    },
    interrupt: async (withinMs) => {
      child.kill('SIGINT');
      await poll('the start to end', withinMs, ended);
      return child.exitCode;
    },
  };
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The parent of a running process, or null when there is none (a zombie is none). */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? null : Number(parent);
  } catch {
    return null;
  }
}

function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) && pid > 0 ? parentOf(pid) : null;
    if (parent !== null) parents.set(pid, parent);
  }
  const found = [root];
  for (const pid of found)
    for (const [child, parent] of parents) if (parent === pid && !found.includes(child)) found.push(child);
  return found;
}
