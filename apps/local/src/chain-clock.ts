import pg from 'pg';
import { callRpc } from './rpc.ts';

async function newestBlockAt(url: string): Promise<number> {
  const block = (await callRpc(url, 'eth_getBlockByNumber', ['latest', false])) as { timestamp: string };
  return Number(block.timestamp);
}

/** Sets a local chain's clock to `atSeconds`, or just after its newest block: a chain's time never goes back. */
export async function setChainClock(url: string, atSeconds: number): Promise<void> {
  await callRpc(url, 'anvil_setTime', [Math.max(Math.floor(atSeconds), (await newestBlockAt(url)) + 1)]);
}

/** Brings a local chain's clock to that of the product, which the database keeps: they are stepped together. */
export async function alignChainClock(url: string, databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ now: Date }>('SELECT app_now() AS now');
    const [row] = rows;
    if (row !== undefined) await setChainClock(url, row.now.getTime() / 1000);
  } finally {
    await client.end();
  }
}
