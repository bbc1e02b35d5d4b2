import { numberToHex } from 'viem';
import { poll } from './poll.ts';
import { callRpc } from './rpc.ts';

/** Calls a method of a node's JSON-RPC. */
type AskNode = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** Gives an address of a development chain `wei`, by a transaction. */
export async function fund(rpcUrl: string, address: string, wei: bigint): Promise<void> {
  await fundThrough((method, params) => callRpc(rpcUrl, method, params), address, wei);
}

/**
 * The same through a call of the node: by a transaction of the last of its accounts. Setting the balance instead would
 * change the state that the newest block has without changing the block: the proofs which the node gives of that block
 * would be wrong ones from then on.
 */
export async function fundThrough(ask: AskNode, address: string, wei: bigint): Promise<void> {
  const giver = ((await ask('eth_accounts', [])) as string[]).at(-1);
  const transaction = { from: giver, to: address, value: numberToHex(wei) };
  const everyMs = 10;
  // Several may ask the node at one moment, which then gives the giver's next nonce to two of them and refuses one.
  const send = (): Promise<unknown> =>
    ask('eth_sendTransaction', [transaction]).catch((error: unknown) => {
      if (/nonce|replacement|already/i.test(String(error))) return false;
      throw error;
    });
  const hash = await poll('a transaction that funds an account', 60_000, send, everyMs);
  await poll('an account to be funded', 60_000, () => ask('eth_getTransactionReceipt', [hash]), everyMs);
}
