import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { anchoredOn, chainReader, outbox, whileNothingIsSent } from '../../support/builders/chain.js';
import {
  aMadeRun,
  allFinal,
  batchesOf,
  brokenProofs,
  certificatesOf,
  passAll,
  startPublisher,
  verified,
} from '../../support/builders/certificates.js';
import { createOwnChain, type TestChain } from '../../support/chain.js';
import { aCoop, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { aDrop, seenDrop } from '../../support/builders/orders.js';
import { START, type TestRun } from '../../support/builders/production.js';
import { serviceUrl } from '../../support/environment.js';
import { until } from '../../support/until.js';

describe('calls whose block is gone', () => {
  let chain: TestChain;
  let app: TestApp;
  let publisher: INestApplicationContext;
  const stops: (() => Promise<unknown>)[] = [];
  let coop: TestCoop;
  let run: TestRun;
  let before: unknown;

  /** The story has run past the admin's first token. */
  const signedInAgain = async (): Promise<TestCoop> => ({
    ...coop,
    admin: { ...coop.admin, token: await signedIn(app, coop.admin.email) },
  });

  beforeAll(async () => {
    chain = await createOwnChain();
    stops.push(() => chain.close());
    app = await startTestApp({ chain });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    const made = await aMadeRun(app, coop, [3]);
    run = made;
    await app.nest.get(JobRunner).start();
    await allFinal(app, coop.coopId);
    before = await chain.rpc('evm_snapshot');
    publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    await passAll(app, made);
    await until(
      'the batch to be anchored',
      async () => (await batchesOf(app, run.editionId))[0]?.state === 'anchored',
    );
    await allFinal(app, coop.coopId);
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('sends the same batch again after the chain was set back behind it, and anchors it once', async () => {
    const [batch] = await batchesOf(app, run.editionId);
    const calls = await outbox(app, coop.coopId);
    const [certificate] = await certificatesOf(app, run.editionId);
    expect(await anchoredOn(chain)).toEqual([[1, 3, batch?.root]]);
    await whileNothingIsSent(app, async () => {
      expect(await chain.rpc('evm_revert', [before])).toBe(true);
      expect(await anchoredOn(chain)).toEqual([]);
    });
    await until('the batch to be on chain again', async () => (await anchoredOn(chain)).length > 0);
    await allFinal(app, coop.coopId);
    expect(await anchoredOn(chain)).toEqual([[1, 3, batch?.root]]);
    const again = await outbox(app, coop.coopId);
    expect(again.map(({ id }) => id)).toEqual(calls.map(({ id }) => id));
    const [moved] = await batchesOf(app, run.editionId);
    expect([moved?.id, moved?.state]).toEqual([batch?.id, 'anchored']);
    expect((await verified(app, { certificateId: certificate?.id })).word).toBe('GENUINE');
    expect(await brokenProofs(app)).toEqual({});
  });

  it('gives the nonces of the chain that is there', async () => {
    const reader = chainReader(chain);
    const rows = await app.database.query<{ address: `0x${string}`; next: number }>(
      'select address, next_nonce::int as next from chain_sender',
    );
    expect(rows).toHaveLength(2);
    for (const { address, next } of rows) expect(await reader.getTransactionCount({ address })).toBe(next);
    const drop = await aDrop(app, await signedInAgain());
    await until('the drop to open', async () => (await seenDrop(app, drop)).state === 'OPEN');
  });

  it('answers UNDETERMINED and not ready while the chain is away, and never NOT_GENUINE', async () => {
    const [certificate] = await certificatesOf(app, run.editionId);
    const deaf = await startTestApp({
      chain: { ...chain, rpcUrl: 'http://127.0.0.1:9' },
      env: { DATABASE_URL: app.database.url },
    });
    try {
      const verdict = await verified(deaf, { certificateId: certificate?.id });
      expect([verdict.word, verdict.asOf, verdict.certificateId]).toEqual([
        'UNDETERMINED',
        null,
        certificate?.id,
      ]);
      const ready = await fetch(`${deaf.url}/health/ready`);
      const { checks } = (await ready.json()) as { checks: { chain: { ok: boolean } } };
      expect([ready.status, checks.chain.ok]).toEqual([503, false]);
    } finally {
      await deaf.stop();
    }
  });

  it.each([
    ['disagree about a block', () => serviceUrl('chain'), 'nodes disagree about block'],
    ['are too few', () => 'http://127.0.0.1:9', 'too few nodes answer'],
  ])('answers UNDETERMINED when its nodes %s', async (_, otherNode, reason) => {
    const [certificate] = await certificatesOf(app, run.editionId);
    const doubting = await startTestApp({
      chain: { ...chain, rpcUrl: `${chain.rpcUrl},${otherNode()}` },
      env: { DATABASE_URL: app.database.url },
    });
    try {
      const verdict = await verified(doubting, { certificateId: certificate?.id });
      expect(verdict.word).toBe('UNDETERMINED');
      expect(verdict.notProven.join('\n')).toContain(reason);
    } finally {
      await doubting.stop();
    }
  });

  it('answers UNDETERMINED when its node is of another chain, even one that holds the same', async () => {
    const [certificate] = await certificatesOf(app, run.editionId);
    await chain.rpc('anvil_setChainId', [99]);
    const astray = await startTestApp({ chain, env: { DATABASE_URL: app.database.url } });
    try {
      const verdict = await verified(astray, { certificateId: certificate?.id });
      expect([verdict.word, verdict.asOf]).toEqual(['UNDETERMINED', null]);
      expect(verdict.notProven.join('\n')).toContain('it is of chain 99, not 31337');
    } finally {
      await chain.rpc('anvil_setChainId', [31337]);
      await astray.stop();
    }
  });

  it('raises the fee of a transaction that no block takes, under the same nonce', async () => {
    // Until then the heartbeat makes blocks, and what waits would be in them.
    await allFinal(app, coop.coopId);
    await chain.rpc('evm_setAutomine', [false]);
    const drop = await aDrop(app, await signedInAgain());
    const call = await until(
      'the call to be submitted',
      async () => (await outbox(app, coop.coopId)).find((row) => row.state === 'submitted') ?? null,
    );
    await app.database.query(
      `update chain_transaction set signed_at = signed_at - interval '40 seconds' where call_id = $1`,
      [call.id],
    );
    const signed = () =>
      app.database.query<{ nonce: number; fee: number }>(
        'select nonce::int, max_fee_per_gas::float8 as fee from chain_transaction where call_id = $1 order by signed_at',
        [call.id],
      );
    await until('a second transaction', async () => (await signed()).length === 2);
    const [first, second] = await signed();
    expect([second?.nonce, (second?.fee ?? 0) >= (first?.fee ?? 0) * 1.25]).toEqual([call.nonce, true]);
    await chain.rpc('evm_setAutomine', [true]);
    await chain.mine();
    await until('the drop to open', async () => (await seenDrop(app, drop)).state === 'OPEN');
    await allFinal(app, coop.coopId);
    expect(await brokenProofs(app)).toEqual({});
  });
});
