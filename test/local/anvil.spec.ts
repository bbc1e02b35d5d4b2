import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keepState, startAnvil, type Anvil, type AnvilOptions } from '../../apps/local/src/anvil.ts';
import { beat } from '../../apps/local/src/heartbeat.ts';
import { isProcess, signal } from '../../apps/local/src/processes.ts';
import { callRpc } from '../../apps/local/src/rpc.ts';
import { until } from '../support/until.js';
import { withFolder } from './temporary-folder.js';

const optionsIn = (folder: string, behindSeconds = 0): AnvilOptions => ({
  stateFile: join(folder, 'state.json'),
  recordFile: join(folder, 'anvil.json'),
  logFile: join(folder, 'anvil.log'),
  behindSeconds,
});

const heightOf = async (chain: Anvil): Promise<number> => Number(await callRpc(chain.url, 'eth_blockNumber'));

async function clockOf(chain: Anvil): Promise<number> {
  const block = (await callRpc(chain.url, 'eth_getBlockByNumber', ['pending', false])) as {
    timestamp: string;
  };
  return Math.floor(Date.now() / 1000) - Number(block.timestamp);
}

async function pay(chain: Anvil): Promise<void> {
  const [from, to] = (await callRpc(chain.url, 'eth_accounts')) as string[];
  const hash = await callRpc(chain.url, 'eth_sendTransaction', [{ from, to, value: '0x1' }]);
  // The node answers before it has mined.
  await until('a payment to be mined', () => callRpc(chain.url, 'eth_getTransactionReceipt', [hash]));
}

async function kill(chain: Anvil): Promise<void> {
  signal(chain.pid, 'SIGKILL');
  await until('anvil to die', () => !chain.isRunning());
}

/** Kills the chain once its first block is in the file, and not while it writes that again, as it does each second. */
async function killWhenWritten(chain: Anvil, stateFile: string): Promise<void> {
  await until('the state to be written', () => {
    signal(chain.pid, 'SIGSTOP');
    const written = holdsFirstBlock(stateFile);
    if (!written) signal(chain.pid, 'SIGCONT');
    return written;
  });
  await kill(chain);
}

function holdsFirstBlock(stateFile: string): boolean {
  try {
    const text = readFileSync(stateFile, 'utf8');
    JSON.parse(text);
    return text.includes('"number":"0x1"');
  } catch {
    return false;
  }
}

describe('the local chain', () => {
  it('adopts a chain that still runs on its state', async () => {
    await withFolder(async (folder) => {
      const first = await startAnvil(optionsIn(folder));
      const second = await startAnvil(optionsIn(folder));
      expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
      await second.stop();
      expect(first.isRunning()).toBe(false);
    });
  });

  it('leaves no states of its blocks in the home of whoever runs it', async () => {
    await withFolder(async (folder) => {
      const home = process.env['HOME'];
      process.env['HOME'] = join(folder, 'home');
      const chain = await startAnvil(optionsIn(folder)).finally(() => {
        process.env['HOME'] = home;
      });
      // More than it keeps in memory.
      await callRpc(chain.url, 'anvil_mine', ['0x400']);
      await callRpc(chain.url, 'anvil_reorg', [2, []]);
      expect(await heightOf(chain)).toBe(0x400);
      await chain.stop();
      expect(existsSync(join(folder, 'home'))).toBe(false);
    });
  });

  it('keeps its blocks and how far its clock is behind over a stop', async () => {
    await withFolder(async (folder) => {
      const options = optionsIn(folder, 1_000_000);
      const first = await startAnvil(options);
      await pay(first);
      await first.stop();
      const second = await startAnvil({ ...options, behindSeconds: 0 });
      expect(await callRpc(second.url, 'eth_getBlockTransactionCountByNumber', ['0x1'])).toBe('0x1');
      expect(await clockOf(second)).toBeGreaterThan(999_990);
      await second.stop();
    });
  });

  it('answers for its final block right after a start, though the saved state holds only the newest', async () => {
    await withFolder(async (folder) => {
      const first = await startAnvil(optionsIn(folder));
      for (let paid = 0; paid < 5; paid += 1) await pay(first);
      const [, to] = (await callRpc(first.url, 'eth_accounts')) as string[];
      const before = await callRpc(first.url, 'eth_getBalance', [to, 'latest']);
      await first.stop();
      const second = await startAnvil(optionsIn(folder));
      expect(await callRpc(second.url, 'eth_getBalance', [to, 'finalized'])).toBe(before);
      await second.stop();
    });
  });

  it('never goes back behind its newest block, though the kept distance of its clock is stale', async () => {
    await withFolder(async (folder) => {
      const options = optionsIn(folder, 1_000_000);
      const first = await startAnvil(options);
      await callRpc(first.url, 'anvil_setTime', [Math.floor(Date.now() / 1000)]);
      await pay(first);
      await killWhenWritten(first, options.stateFile);
      const second = await startAnvil(options);
      // Far from the stale distance, however long the machine took.
      expect(await clockOf(second)).toBeLessThan(100_000);
      await second.stop();
    });
  });

  it('goes back to the last whole state when the state file was cut off', async () => {
    await withFolder(async (folder) => {
      const options = optionsIn(folder);
      const first = await startAnvil(options);
      await pay(first);
      await until('the state to be written', async () => {
        await keepState(options);
        return holdsFirstBlock(`${options.stateFile}.good`);
      });
      await kill(first);
      writeFileSync(options.stateFile, readFileSync(options.stateFile, 'utf8').slice(0, 200));
      const second = await startAnvil(options);
      expect(await callRpc(second.url, 'eth_getBlockTransactionCountByNumber', ['0x1'])).toBe('0x1');
      await second.stop();
    });
  });

  it('begins anew when its state is lost altogether', async () => {
    await withFolder(async (folder) => {
      const options = optionsIn(folder);
      writeFileSync(options.stateFile, '{"half');
      const chain = await startAnvil(options);
      expect(await heightOf(chain)).toBe(0);
      await chain.stop();
    });
  });

  it('makes a block with transactions final and then rests', async () => {
    await withFolder(async (folder) => {
      const chain = await startAnvil(optionsIn(folder));
      expect(await beat(chain.url)).toBe(false);
      await pay(chain);
      expect([await beat(chain.url), await beat(chain.url), await beat(chain.url)]).toEqual([
        true,
        true,
        false,
      ]);
      const final = (await callRpc(chain.url, 'eth_getBlockByNumber', ['finalized', false])) as {
        number: string;
      };
      expect(Number(final.number)).toBe(1);
      await chain.stop();
    });
  });

  it('leaves a process alone that only has the recorded pid', async () => {
    await withFolder(async (folder) => {
      const options = optionsIn(folder);
      writeFileSync(
        options.recordFile,
        JSON.stringify({ pid: process.ppid, port: 65_000, behindSeconds: 0 }),
      );
      const chain = await startAnvil(options);
      expect(chain.adopted).toBe(false);
      expect(isProcess(process.ppid, '')).toBe(true);
      await chain.stop();
    });
  });
});
