import { spawn } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setChainClock } from './chain-clock.ts';
import { openLog, tail } from './logs.ts';
import { inRoot } from './paths.ts';
import { poll } from './poll.ts';
import { freePort } from './ports.ts';
import { isProcess, stopProcess } from './processes.ts';
import { readRecord, writeRecord } from './records.ts';
import { callRpc } from './rpc.ts';

/** The mnemonic every Ethereum tool knows: nothing of value may ever be held by these accounts. */
export const devMnemonic = 'test test test test test test test test test test test junk';
export const devChainId = 31337;

export interface AnvilOptions {
  readonly stateFile: string;
  readonly recordFile: string;
  readonly logFile: string;
  /** Seconds the chain's clock is behind the wall clock when there is no recorded distance yet. */
  readonly behindSeconds?: number;
  /** Nobody will want its state again, so it is not written every second, which takes longer with every block. */
  readonly throwAway?: boolean;
}

export interface Anvil {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  readonly adopted: boolean;
  isRunning(): boolean;
  /** Writes the last state, then ends. */
  stop(): Promise<void>;
}

interface Saved {
  pid: number;
  port: number;
  behindSeconds: number;
}

/** Starts the chain on its saved state; one that still runs on the same state is adopted. */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const saved = readRecord<Saved>(options.recordFile);
  if (saved?.pid && saved.port && isProcess(saved.pid, options.stateFile)) {
    if (await isOurChain(urlOf(saved.port))) return chain(options, saved.pid, saved.port, true);
    await stopProcess(saved.pid, options.stateFile, 'SIGTERM', 2_000);
  }
  restoreState(options.stateFile);
  const port = await freePort(saved?.port);
  const behindSeconds = saved?.behindSeconds ?? options.behindSeconds ?? 0;
  const kept = existsSync(options.stateFile);
  const pid = await launch(options, port, behindSeconds);
  // The saved state knows only its newest block, and what is final is read two blocks behind it: so that one becomes final.
  if (kept) {
    // The kept distance is a few seconds old when the chain was killed, and its clock may have been stepped since.
    await setChainClock(urlOf(port), Date.now() / 1000 - behindSeconds);
    await callRpc(urlOf(port), 'anvil_mine', ['0x2']);
  }
  return chain(options, pid, port, false);
}

function binary(): string {
  const os = process.platform === 'win32' ? 'win32' : process.platform;
  const file = inRoot(
    `node_modules/@foundry-rs/anvil-${os}-${process.arch === 'x64' ? 'amd64' : process.arch}/bin/anvil`,
  );
  if (existsSync(file)) return file;
  throw new Error(
    `No anvil for this machine at ${file}. Run "npm ci" (optional packages included), then try again.`,
  );
}

async function launch(options: AnvilOptions, port: number, behindSeconds: number): Promise<number> {
  const settings: Record<string, string> = {
    '--host': '127.0.0.1',
    '--port': String(port),
    '--chain-id': String(devChainId),
    '--mnemonic': devMnemonic,
    '--state': options.stateFile,
    '--state-interval': options.throwAway ? '3600' : '1',
    // In memory and so many: by default it writes thousands, gigabytes of them, into the home of whoever runs it, and
    // leaves them there.
    '--prune-history': '500',
    // A reorganisation makes its folder all the same.
    '--cache-path': join(dirname(options.stateFile), 'states'),
    // `finalized` is then two blocks behind the newest instead of sixty-four.
    '--slots-in-an-epoch': '1',
    // Without it the chain's clock would jump to the wall clock on every start, out of the middle of a story.
    '--timestamp': String(Math.floor(Date.now() / 1000) - behindSeconds),
  };
  const log = openLog(options.logFile);
  const child = spawn(binary(), Object.entries(settings).flat(), {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failure: string | null = null;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure ??= `it ended with ${signal ?? `code ${String(code)}`}`));
  child.unref();
  const { pid } = child;
  if (pid) writeRecord(options.recordFile, { pid, port, behindSeconds } satisfies Saved);
  await poll('the local chain to start', 60_000, () => {
    if (failure !== null) throw new Error(`anvil did not start: ${failure}.\n${tail(options.logFile)}`);
    return isOurChain(urlOf(port));
  });
  if (!pid) throw new Error('anvil started without a process id; expected one. Start again.');
  return pid;
}

function chain(options: AnvilOptions, pid: number, port: number, adopted: boolean): Anvil {
  return {
    pid,
    port,
    url: urlOf(port),
    adopted,
    isRunning: () => isProcess(pid, options.stateFile),
    stop: async () => {
      await keepState(options).catch(() => undefined);
      // Killed before it has written its state it would lose it, and a busy machine takes its time.
      await stopProcess(pid, options.stateFile, 'SIGTERM', 30_000);
    },
  };
}

const urlOf = (port: number): string => `http://127.0.0.1:${String(port)}`;
const goodCopy = (stateFile: string): string => `${stateFile}.good`;

async function isOurChain(url: string): Promise<boolean> {
  return callRpc(url, 'eth_chainId').then(
    (answer) => Number(answer) === devChainId,
    () => false,
  );
}

function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

/** anvil writes its state in place: a kill at the wrong moment leaves half a file, which it would refuse to start on. */
function restoreState(stateFile: string): void {
  if (!existsSync(stateFile) || isWhole(stateFile)) return;
  const copy = goodCopy(stateFile);
  if (existsSync(copy)) copyFileSync(copy, stateFile);
  // No copy: the chain begins anew, and the product treats that as the reorganisation it is.
  else rmSync(stateFile);
}

/** Keeps a whole copy of the state file and how far the chain's clock is behind; call it now and then. */
export async function keepState(options: AnvilOptions): Promise<void> {
  const { stateFile, recordFile } = options;
  if (existsSync(stateFile)) {
    const next = `${goodCopy(stateFile)}.next`;
    copyFileSync(stateFile, next);
    if (isWhole(next)) renameSync(next, goodCopy(stateFile));
  }
  const saved = readRecord<Saved>(recordFile);
  if (!saved?.port) return;
  const pending = (await callRpc(urlOf(saved.port), 'eth_getBlockByNumber', ['pending', false])) as {
    timestamp: string;
  };
  const behindSeconds = Math.round(Date.now() / 1000 - Number(pending.timestamp));
  // A busy chain runs a few seconds ahead (one per block): that is no clock to keep.
  const kept = behindSeconds > 60 ? behindSeconds : 0;
  if (Math.abs(kept - (saved.behindSeconds ?? 0)) > 1)
    writeRecord(recordFile, { ...saved, behindSeconds: kept });
}
