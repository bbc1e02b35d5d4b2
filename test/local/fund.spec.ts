import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keccak256, type Hex } from 'viem';
import { startAnvil } from '../../apps/local/src/anvil.ts';
import { fund } from '../../apps/local/src/fund.ts';
import { callRpc } from '../../apps/local/src/rpc.ts';
import { withFolder } from './temporary-folder.js';

const address = (place: number): Hex => `0x${'c0ffee'.padEnd(38, '0')}${String(10 + place)}`;
const ONE = 10n ** 18n;

describe('the funding of an account on a development chain', () => {
  it('gives twenty at once what each was promised, and leaves the proofs of the blocks before as they were', async () => {
    await withFolder(async (folder) => {
      const chain = await startAnvil({
        stateFile: join(folder, 'state.json'),
        recordFile: join(folder, 'anvil.json'),
        logFile: join(folder, 'anvil.log'),
      });
      const ask = (method: string, params: readonly unknown[]): Promise<unknown> =>
        callRpc(chain.url, method, params);
      try {
        await fund(chain.url, address(0), ONE);
        const number = (await ask('eth_blockNumber', [])) as Hex;
        const block = (await ask('eth_getBlockByNumber', [number, false])) as { stateRoot: Hex };
        const all = Array.from({ length: 20 }, (_, place) => address(place + 1));
        await Promise.all(all.map((each) => fund(chain.url, each, ONE)));
        const balances = await Promise.all(all.map((each) => ask('eth_getBalance', [each, 'latest'])));
        expect(new Set(balances.map((balance) => BigInt(balance as string)))).toEqual(new Set([ONE]));
        const proof = (await ask('eth_getProof', [address(0), [], number])) as { accountProof: Hex[] };
        expect(keccak256(proof.accountProof[0] ?? '0x')).toBe(block.stateRoot);
      } finally {
        await chain.stop();
      }
    });
  });
});
