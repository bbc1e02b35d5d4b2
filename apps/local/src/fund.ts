import { numberToHex } from 'viem';
import { poll } from './poll.ts';
import { callRpc } from './rpc.ts';

/**
 * Gives an address of a development chain `wei`, by a transaction of the last account of the development mnemonic.
 * Setting the balance instead would change the state that the newest block has without changing the block: the proofs
 * which the node gives of that block would be wrong ones from then on.
 */
export async function fund(rpcUrl: string, address: string, wei: bigint): Promise<void> {
  const giver = ((await callRpc(rpcUrl, 'eth_accounts')) as string[]).at(-1);
  const transaction = { from: giver, to: address, value: numberToHex(wei) };
  const everyMs = 10;
  // Several may ask the node at one moment, which then gives the giver's next nonce to two of them and refuses one.
  const send = (): Promise<unknown> =>
    callRpc(rpcUrl, 'eth_sendTransaction', [transaction]).catch((error: unknown) => {
      if (/nonce|replacement|already/i.test(String(error))) return false;
      throw error;
    });
  const hash = await poll('a transaction that funds an account', 60_000, send, everyMs);
  const mined = (): Promise<unknown> => callRpc(rpcUrl, 'eth_getTransactionReceipt', [hash]);
  await poll('an account to be funded', 60_000, mined, everyMs);
}
