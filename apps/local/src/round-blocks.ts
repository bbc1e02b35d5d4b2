import pg from 'pg';
import { setChainClock } from './chain-clock.ts';
import { callRpc } from './rpc.ts';

const WAITING = `
  SELECT app_now() AS now, (SELECT max(deadline_at) FROM capacity_round WHERE state = 'closed') AS deadline`;

// The block of the draw, and two behind it that make it final.
const BLOCKS = 3;

/**
 * A round is drawn by the first block after its deadline, which an idle chain never makes: mines it, at the product's
 * time, while a round waits. True when it did.
 */
export async function mineForRounds(url: string, databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ now: Date; deadline: Date | null }>(WAITING);
    const [row] = rows;
    const finalized = (await callRpc(url, 'eth_getBlockByNumber', ['finalized', false])) as {
      timestamp: string;
    };
    if (!row?.deadline || Number(finalized.timestamp) * 1000 > row.deadline.getTime()) return false;
    await setChainClock(url, Math.ceil(row.now.getTime() / 1000));
    await callRpc(url, 'anvil_mine', [`0x${BLOCKS.toString(16)}`]);
    return true;
  } finally {
    await client.end();
  }
}
