import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startAnvil } from '../../apps/local/src/anvil.ts';
import { ensureContract } from '../../apps/local/src/contract.ts';
import { callRpc } from '../../apps/local/src/rpc.ts';
import { withFolder } from './temporary-folder.js';

describe('the contract of the local chain', () => {
  it('is deployed once, found again, and refused with what to do when it is of another version', async () => {
    await withFolder(async (folder) => {
      const chain = await startAnvil({
        stateFile: join(folder, 'state.json'),
        recordFile: join(folder, 'anvil.json'),
        logFile: join(folder, 'anvil.log'),
        behindSeconds: 0,
      });
      try {
        const record = join(folder, 'chain.json');
        const first = await ensureContract(chain.url, record);
        expect(first.deployed).toBe(true);
        expect(await ensureContract(chain.url, record)).toEqual({ ...first, deployed: false });
        const code = (await callRpc(chain.url, 'eth_getCode', [first.address, 'latest'])) as string;
        await callRpc(chain.url, 'anvil_setCode', [first.address, `${code.slice(0, -2)}ff`]);
        await expect(ensureContract(chain.url, record)).rejects.toThrow(
          /another version of the receipts contract .* delete the folder \.touchmark/,
        );
      } finally {
        await chain.stop();
      }
    });
  });
});
