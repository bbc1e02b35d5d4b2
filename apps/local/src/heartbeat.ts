import { callRpc } from './rpc.ts';

interface Block {
  number: string;
  transactions: string[];
}

/** Mines one empty block while the newest block with transactions is not final yet; true when it did. */
export async function beat(url: string): Promise<boolean> {
  const block = (tag: string): Promise<Block> =>
    callRpc(url, 'eth_getBlockByNumber', [tag, false]) as Promise<Block>;
  const [latest, finalized] = await Promise.all([block('latest'), block('finalized')]);
  for (let number = Number(latest.number); number > Number(finalized.number); number -= 1) {
    const { transactions } = await block(`0x${number.toString(16)}`);
    if (transactions.length === 0) continue;
    await callRpc(url, 'evm_mine');
    return true;
  }
  return false;
}

/**
 * Keeps finality moving on a chain that only mines when there is something to mine; an idle chain does not grow.
 * Returns the function that ends it. Failures are left to the next beat: the chain may be stopping.
 */
export function startHeartbeat(url: string, everyMs = 1_000, alsoEachBeat?: () => Promise<void>): () => void {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void beat(url)
      .then(() => alsoEachBeat?.())
      .catch(() => undefined)
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  return () => {
    clearInterval(timer);
  };
}
