import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Hex } from '@touchmark/certificates';
import { privateKeyToAccount } from 'viem/accounts';
import { KeyRing } from '../../../apps/api/src/chain/index.js';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { anchoredOn, chainReader, outbox } from '../../support/builders/chain.js';
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
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { aCoop, type TestCoop } from '../../support/builders/membership.js';
import { aDrop, seenDrop } from '../../support/builders/orders.js';
import { START, type TestRun } from '../../support/builders/production.js';
import { startSparingNode } from '../../support/refusing-node.js';
import { until } from '../../support/until.js';

describe('a chain whose node was started again', () => {
  let chain: OwnChain;
  let app: TestApp;
  let publisher: INestApplicationContext;
  const stops: (() => Promise<unknown>)[] = [];
  let coop: TestCoop;
  let run: TestRun;
  let older: string;

  beforeAll(async () => {
    chain = await createOwnChain();
    stops.push(() => chain.close());
    // Its clock stands still, so all its checks fall into one minute.
    app = await startTestApp({ chain, env: { CHECKS_PER_MINUTE: '1000' } });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    const made = await aMadeRun(app, coop, [2]);
    run = made;
    await app.nest.get(JobRunner).start();
    await allFinal(app, coop.coopId);
    older = join(chain.keysDir, 'state.older.json');
    await chain.restart((stateFile) => {
      copyFileSync(stateFile, older);
    });
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

  it('has its calls sent again, and nothing twice, when its state is older than the database', async () => {
    const [batch] = await batchesOf(app, run.editionId);
    const [certificate] = await certificatesOf(app, run.editionId);
    const calls = await outbox(app, coop.coopId);
    await chain.restart((stateFile) => {
      copyFileSync(older, stateFile);
    });
    await until('the batch to be on chain again', async () => (await anchoredOn(chain)).length > 0);
    await until(
      'the piece to be genuine again',
      async () => (await verified(app, { certificateId: certificate?.id })).word === 'GENUINE',
    );
    await allFinal(app, coop.coopId);
    expect(await anchoredOn(chain)).toEqual([[1, 2, batch?.root]]);
    expect((await outbox(app, coop.coopId)).map(({ id }) => id)).toEqual(calls.map(({ id }) => id));
    const senders = await app.database.query<{ address: Hex; next: number }>(
      'select address, next_nonce::int as next from chain_sender',
    );
    for (const { address, next } of senders)
      expect(await chainReader(chain).getTransactionCount({ address })).toBe(next);
    expect(await brokenProofs(app)).toEqual({});
  });

  it('shows an edition done long ago although its node answers about 2,000 blocks of events at most', async () => {
    const node = await startSparingNode(chain.rpcUrl, 2000);
    const other = await startTestApp({ chain: { ...chain, rpcUrl: node.url } });
    try {
      const foreign = await aCoop(other);
      const drop = await aDrop(other, foreign);
      const key = await other.nest.get(KeyRing, { strict: false }).senderKey('issuer', foreign.coopId);
      const account = privateKeyToAccount(key);
      await chain.fund(account.address);
      const [queued] = await other.database.query<{ data: Hex }>(
        `select data from chain_call where purpose = 'open_edition'`,
      );
      const hash = await chain.rpc('eth_sendRawTransaction', [
        await account.signTransaction({
          ...{ chainId: 31337, to: chain.contract, data: queued?.data ?? '0x', nonce: 0 },
          ...{ gas: 300_000n, maxFeePerGas: 10n ** 11n },
        }),
      ]);
      for (let mined = 0; mined < 2100; mined += 300) await chain.mine(300);
      await other.nest.get(JobRunner).start();
      await until('the drop to open', async () => (await seenDrop(other, drop)).state === 'OPEN');
      const [done] = (await outbox(other, foreign.coopId)).filter((row) => row.purpose === 'open_edition');
      expect(done?.transaction_hash).toBe(hash);
    } finally {
      await other.stop();
      await node.close();
    }
  });
});
