import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hex } from '@touchmark/certificates';
import { ChainCalls } from '../../../apps/api/src/chain/index.js';
import { ChainCallsRepository } from '../../../apps/api/src/chain/calls/chain-calls.repository.js';
import { SubmitCall } from '../../../apps/api/src/chain/send-call/submit-call.js';
import { SendCall } from '../../../apps/api/src/chain/send-call/send-call.js';
import { Database, Transactions } from '../../../apps/api/src/platform/database/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { chainReader, outbox, type OutboxRow } from '../../support/builders/chain.js';
import { aCoop, type TestCoop } from '../../support/builders/membership.js';
import { createOwnChain, type TestChain } from '../../support/chain.js';
import { startRefusingNode } from '../../support/refusing-node.js';
import { until } from '../../support/until.js';

const WEI = 12_345n;

/** What is paid by a plain transfer has no contract that would refuse it a second time. */
describe('a transfer', () => {
  let chain: TestChain;
  // No worker: the test alone says when a call is worked on.
  let app: TestApp;
  let coop: TestCoop;
  let refused: string | null = null;
  const stops: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    chain = await createOwnChain();
    stops.push(() => chain.close());
    const busy = { code: -32_000, message: 'transaction indexing is in progress' };
    const node = await startRefusingNode(chain.rpcUrl, ({ method }) => (method === refused ? busy : null));
    stops.push(() => node.close());
    app = await startTestApp({ chain: { ...chain, rpcUrl: node.url } });
    stops.push(() => app.stop());
    coop = await aCoop(app);
  });
  beforeEach(() => {
    refused = null;
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  /** A transfer that is queued, to an address that nobody else pays. */
  const aTransfer = async (): Promise<{ id: string; to: Hex }> => {
    const to: Hex = `0x${randomBytes(20).toString('hex')}`;
    const outboxOfApp = app.nest.get(ChainCalls, { strict: false });
    await app.nest.get(Transactions, { strict: false }).run(['Queued'], async (tx) => {
      await outboxOfApp.enqueueTransfer(tx, coop.coopId, 'top_up', to, WEI);
      return { kind: 'Queued' } as const;
    });
    const newest = (await outbox(app, coop.coopId)).at(-1);
    return { id: newest?.id ?? '', to };
  };
  const worked = async (id: string): Promise<OutboxRow | undefined> => {
    await app.nest.get(SendCall, { strict: false }).run(coop.coopId, id);
    return (await outbox(app, coop.coopId)).find((row) => row.id === id);
  };
  const balanceOf = (address: Hex): Promise<bigint> => chainReader(chain).getBalance({ address });

  it('that is in a block is not paid a second time while its node cannot tell of receipts', async () => {
    const { id, to } = await aTransfer();
    refused = 'eth_getTransactionReceipt';
    const sent = await worked(id);
    await until('the transfer to be in a block', async () => (await balanceOf(to)) === WEI);
    await chain.mine(2);
    const still = await worked(id);
    expect([still?.state, still?.nonce]).toEqual(['submitted', sent?.nonce]);
    refused = null;
    const found = await worked(id);
    expect([found?.state, found?.transaction_hash]).toEqual(['included', sent?.transaction_hash]);
    expect(await balanceOf(to)).toBe(WEI);
  });

  it('whose nonce went to somebody else who has the key is paid under the next one', async () => {
    const { id, to } = await aTransfer();
    const queued = await app.nest
      .get(ChainCallsRepository, { strict: false })
      .load(app.nest.get(Database, { strict: false }), coop.coopId, id);
    if (queued !== null) await app.nest.get(SubmitCall, { strict: false }).submit(queued);
    const signed = (await outbox(app, coop.coopId)).find((row) => row.id === id);
    const { gas } = chain.accounts;
    const raw = await gas.signTransaction({
      ...{ chainId: 31337, to: gas.address, nonce: signed?.nonce ?? 0, gas: 21_000n },
      maxFeePerGas: 10n ** 10n,
    });
    await chain.rpc('eth_sendRawTransaction', [raw]);
    const reader = chainReader(chain);
    const address = gas.address;
    await until(
      'the nonce to be gone',
      async () => (await reader.getTransactionCount({ address })) === (signed?.nonce ?? 0) + 1,
    );
    await chain.mine(2);
    await until('the transfer to be in a block', async () => (await worked(id))?.state === 'included');
    const paid = (await outbox(app, coop.coopId)).find((row) => row.id === id);
    expect([paid?.nonce, await balanceOf(to)]).toEqual([(signed?.nonce ?? 0) + 1, WEI]);
  });

  it('that no block takes is not offered ever more, but at most a few times what the chain asks', async () => {
    const { id, to } = await aTransfer();
    refused = 'eth_sendRawTransaction';
    await worked(id);
    const change = (sql: string): Promise<unknown> =>
      app.database.query(`update chain_transaction set ${sql} where call_id = $1`, [id]);
    const signed = async (): Promise<number> =>
      (await app.database.query('select 1 as one from chain_transaction where call_id = $1', [id])).length;
    await change(`signed_at = signed_at - interval '1 hour', max_fee_per_gas = max_fee_per_gas * 5`);
    await worked(id);
    expect(await signed()).toBe(1);
    await change(`max_fee_per_gas = max_fee_per_gas / 5`);
    await worked(id);
    expect(await signed()).toBe(2);
    refused = null;
    await until('the transfer to be in a block', async () => (await worked(id))?.state === 'included');
    expect(await balanceOf(to)).toBe(WEI);
  });
});
