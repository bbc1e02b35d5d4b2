import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicClient, createWalletClient, defineChain, http, numberToHex, parseEther } from 'viem';
import { generatePrivateKey, privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';
import { collectorReceiptsAbi, collectorReceiptsBytecode } from '@touchmark/contracts';
import { devChainId, startAnvil } from '../../apps/local/src/anvil.ts';
import { fundKeys } from '../../apps/local/src/contract.ts';
import { fund } from '../../apps/local/src/fund.ts';
import { startHeartbeat } from '../../apps/local/src/heartbeat.ts';
import { accountOf, chainKeys, ensureKeys, type ChainKey } from '../../apps/local/src/keys.ts';
import { callRpc } from '../../apps/local/src/rpc.ts';
import { chainBehindSeconds } from './chain-day.ts';
import { serviceUrl } from './environment.ts';

export interface TestChain {
  readonly rpcUrl: string;
  readonly contract: `0x${string}`;
  /** Key files as the API and the worker read them, all funded; of the publisher only the address. */
  readonly keysDir: string;
  /** The same for the publisher: its own key and nothing else. */
  readonly publisherKeysDir: string;
  readonly accounts: Readonly<Record<ChainKey, PrivateKeyAccount>>;
  /** Mines empty blocks; two make everything before them final. */
  mine(blocks?: number): Promise<void>;
  /** Gives an address an ether by a transaction. */
  fund(address: string): Promise<void>;
  /** Any call of the node's JSON-RPC. */
  rpc(method: string, params?: readonly unknown[]): Promise<unknown>;
  /** Removes the key files, and ends the chain when it is the file's own. */
  close(): Promise<void>;
}

/** A contract and funded keys of this test file's own, on the chain that the whole run shares. */
export async function createTestChain(): Promise<TestChain> {
  return furnish(serviceUrl('chain'), () => Promise.resolve());
}

/** A chain whose node is this test file's own. */
export interface OwnChain extends TestChain {
  /** Ends the node, lets `between` change the file of its state, and starts it on that file at the same address. */
  restart(between: (stateFile: string) => void): Promise<void>;
  /** Makes no more empty blocks: from now on nothing becomes final but by what the test does. */
  holdStill(): void;
  /** Makes empty blocks again until all is final. */
  goOn(): void;
  /**
   * Replaces the blocks from `from` up to the newest by as many others. They hold the transactions of `again` alone, each as
   * many blocks after `from` as it says; all others are gone, also from the pool. The hashes of the blocks that are gone.
   */
  reorganise(
    from: number,
    again?: readonly { readonly hash: string; readonly after: number }[],
  ): Promise<string[]>;
}

/** A chain of this test file's own, for files that step its clock, reorganise it or restart its node. */
export async function createOwnChain(options: { behindSeconds?: number } = {}): Promise<OwnChain> {
  const folder = mkdtempSync(join(tmpdir(), 'touchmark-chain-'));
  const settings = {
    stateFile: join(folder, 'state.json'),
    recordFile: join(folder, 'anvil.json'),
    logFile: join(folder, 'anvil.log'),
    behindSeconds: options.behindSeconds ?? chainBehindSeconds(),
    // Its state is written when it ends, which is all that a restart needs.
    throwAway: true,
  };
  let anvil = await startAnvil(settings);
  let endHeartbeat = startHeartbeat(anvil.url, 200);
  const end = async (): Promise<void> => {
    endHeartbeat();
    await anvil.stop();
  };
  const chain = await furnish(anvil.url, async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  });
  const restart: OwnChain['restart'] = async (between) => {
    await end();
    between(settings.stateFile);
    anvil = await startAnvil(settings);
    if (anvil.url !== chain.rpcUrl)
      throw new Error(
        `The node came back at ${anvil.url}; expected ${chain.rpcUrl}, where the product asks.`,
      );
    endHeartbeat = startHeartbeat(anvil.url, 200);
  };
  const holdStill = (): void => {
    endHeartbeat();
  };
  const goOn = (): void => {
    endHeartbeat();
    endHeartbeat = startHeartbeat(anvil.url, 200);
  };
  return { ...chain, restart, holdStill, goOn, reorganise: reorganiser(anvil.url) };
}

function reorganiser(url: string): OwnChain['reorganise'] {
  return async (from, again = []) => {
    const head = Number(await callRpc(url, 'eth_blockNumber', []));
    const gone: string[] = [];
    for (let number = from; number <= head; number += 1) {
      const block = await callRpc(url, 'eth_getBlockByNumber', [numberToHex(number), false]);
      gone.push((block as { hash: string }).hash);
    }
    const kept: [unknown, number][] = [];
    for (const { hash, after } of again)
      kept.push([await callRpc(url, 'eth_getRawTransactionByHash', [hash]), after]);
    await callRpc(url, 'anvil_reorg', [head - from + 1, kept]);
    return gone;
  };
}

async function furnish(rpcUrl: string, release: () => Promise<void>): Promise<TestChain> {
  const folder = mkdtempSync(join(tmpdir(), 'touchmark-keys-'));
  const folders = { all: join(folder, 'keys'), publisher: join(folder, 'keys-publisher') };
  ensureKeys(folders);
  await fundKeys(rpcUrl, folders);
  const accounts = Object.fromEntries(chainKeys.map((name) => [name, accountOf(folders, name)]));
  return {
    rpcUrl,
    keysDir: folders.all,
    publisherKeysDir: folders.publisher,
    accounts: accounts as Record<ChainKey, PrivateKeyAccount>,
    contract: await deploy(rpcUrl),
    mine: async (blocks = 1) => {
      await callRpc(rpcUrl, 'anvil_mine', [numberToHex(blocks)]);
    },
    fund: (address) => fund(rpcUrl, address, parseEther('1')),
    rpc: (method, params = []) => callRpc(rpcUrl, method, params),
    close: async () => {
      rmSync(folder, { recursive: true, force: true });
      await release();
    },
  };
}

async function deploy(rpcUrl: string): Promise<`0x${string}`> {
  // A deployer of its own: files that run side by side must not share a nonce.
  const account = privateKeyToAccount(generatePrivateKey());
  await fund(rpcUrl, account.address, parseEther('1'));
  const chain = defineChain({
    id: devChainId,
    name: 'test',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const writer = createWalletClient({ account, chain, transport: http(rpcUrl) });
  const reader = createPublicClient({ chain, transport: http(rpcUrl), pollingInterval: 20 });
  const hash = await writer.deployContract({
    abi: collectorReceiptsAbi,
    bytecode: collectorReceiptsBytecode,
  });
  const { contractAddress } = await reader.waitForTransactionReceipt({ hash });
  if (!contractAddress) throw new Error(`The test contract was not deployed by transaction ${hash}.`);
  return contractAddress;
}
