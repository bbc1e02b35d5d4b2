import pg from 'pg';
import { createPublicClient, http, type PublicClient } from 'viem';
import { tokenPartsOf } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import type { TestApp } from '../app.js';
import type { TestChain } from '../chain.js';
import { until } from '../until.js';
import { aCoop, type TestCoop } from './membership.js';

export interface TestIssuer extends TestCoop {
  readonly issuer: `0x${string}`;
}

/** A row of the outbox as a test wants to see it. */
export interface OutboxRow {
  readonly id: string;
  readonly purpose: string;
  readonly state: string;
  readonly sender: `0x${string}` | null;
  readonly nonce: number | null;
  readonly transaction_hash: `0x${string}` | null;
  readonly block_hash: string | null;
  readonly error: string | null;
}

/** A reader of the chain that shares nothing with the product but the ABI. */
export function chainReader(chain: Pick<TestChain, 'rpcUrl'>): PublicClient {
  return createPublicClient({ transport: http(chain.rpcUrl), cacheTime: 0 });
}

/** What the contract says by one of its views. */
export async function stored(
  chain: Pick<TestChain, 'rpcUrl' | 'contract'>,
  functionName: 'issuerOf' | 'signerOf' | 'editionOf',
  args: readonly unknown[],
): Promise<readonly unknown[]> {
  const at = { abi: collectorReceiptsAbi, address: chain.contract } as const;
  const reader = chainReader(chain);
  const [issuer, other] = args as [`0x${string}`, never];
  switch (functionName) {
    case 'issuerOf':
      return reader.readContract({ ...at, functionName, args: [issuer] });
    case 'signerOf':
      return reader.readContract({ ...at, functionName, args: [issuer, other] });
    case 'editionOf':
      return reader.readContract({ ...at, functionName, args: [issuer, other] });
  }
}

export async function outbox(app: Pick<TestApp, 'database'>, coopId: string): Promise<OutboxRow[]> {
  return app.database.query<OutboxRow & Record<string, unknown>>(
    `select id, purpose, state, sender, nonce::int, transaction_hash, block_hash, error from chain_call
      where coop_id = $1 order by id`,
    [coopId],
  );
}

/** A co-op that is an issuer on chain; the app must run the worker. */
export async function anIssuer(
  app: TestApp,
  overrides: Parameters<typeof aCoop>[1] = {},
): Promise<TestIssuer> {
  const coop = await aCoop(app, overrides);
  return { ...coop, issuer: await readyIssuer(app, coop.coopId) };
}

/** Waits until the co-op's keys stand on chain; its address there. */
export function readyIssuer(app: Pick<TestApp, 'database'>, coopId: string): Promise<`0x${string}`> {
  return until('the issuer to be ready', async () => {
    const [row] = await app.database.query<{ address: `0x${string}` }>(
      'select address from issuer where coop_id = $1 and ready_at is not null',
      [coopId],
    );
    return row?.address ?? null;
  });
}

/** The batches that the contract says were anchored: first serial, count and root of each, in order. */
export async function anchoredOn(chain: Pick<TestChain, 'rpcUrl' | 'contract'>): Promise<unknown[][]> {
  const events = await chainReader(chain).getContractEvents({
    abi: collectorReceiptsAbi,
    address: chain.contract,
    eventName: 'BatchAnchored',
    fromBlock: 0n,
    strict: true,
  });
  return events.map(({ args }) => [tokenPartsOf(args.firstTokenId).serial, args.count, args.root]);
}

/** Holds every sender meanwhile: what is asked for stays on its way, and none of it stands in a block yet. */
export async function whileNothingIsSent<Answer>(
  app: Pick<TestApp, 'database'>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const holder = new pg.Client(app.database.url);
  await holder.connect();
  try {
    await holder.query('begin');
    await holder.query('select 1 from chain_sender for update');
    return await work();
  } finally {
    await holder.end();
  }
}
