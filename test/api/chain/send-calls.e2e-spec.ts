import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import { privateKeyToAccount } from 'viem/accounts';
import type { Hex } from '@touchmark/certificates';
import { ChainCallsRepository } from '../../../apps/api/src/chain/calls/chain-calls.repository.js';
import { CHECKS, KeyRing } from '../../../apps/api/src/chain/index.js';
import { SubmitCall } from '../../../apps/api/src/chain/send-call/submit-call.js';
import { Database } from '../../../apps/api/src/platform/database/index.js';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { SendCall } from '../../../apps/api/src/chain/send-call/send-call.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { anIssuer, chainReader, outbox, stored, type TestIssuer } from '../../support/builders/chain.js';
import { aCoop } from '../../support/builders/membership.js';
import { aDrop, seenDrop } from '../../support/builders/orders.js';
import { until } from '../../support/until.js';

const CALLS = 16;

describe('the outbox to the chain', () => {
  let app: TestApp;
  let coop: TestIssuer;
  beforeAll(async () => {
    app = await startTestApp({ worker: true });
    coop = await anIssuer(app);
  });
  afterAll(async () => {
    await app.stop();
  });

  it('makes a new co-op an issuer that names its domain, signer and publisher', async () => {
    const { accounts } = app.chain;
    const [domain, publisher] = await stored(app.chain, 'issuerOf', [coop.issuer]);
    expect([domain, publisher]).toEqual(['coop.example', accounts.publisher.address]);
    const [validFrom, retiredAt] = await stored(app.chain, 'signerOf', [
      coop.issuer,
      accounts.signer.address,
    ]);
    expect([Number(validFrom) > 0, retiredAt]).toEqual([true, 0n]);
  });

  it('pays an address that derives from the co-op out of the gas key, by a transaction', async () => {
    const topUps = (await outbox(app, coop.coopId)).filter((row) => row.purpose === 'top_up');
    expect(topUps).toHaveLength(1);
    const hash = topUps[0]?.transaction_hash ?? '0x';
    const sent = await chainReader(app.chain).getTransaction({ hash });
    expect([sent.from, sent.to]).toEqual([app.chain.accounts.gas.address.toLowerCase(), coop.issuer]);
  });

  it('sees its calls become final', async () => {
    await until('every call to be final', async () =>
      (await outbox(app, coop.coopId)).every((row) => row.state === 'final'),
    );
  });

  it('opens a drop once its edition is committed on chain at the size of the sale', async () => {
    const drop = await aDrop(app, coop);
    await until('the drop to open', async () => (await seenDrop(app, drop)).state === 'OPEN');
    const opened = await chainReader(app.chain).getContractEvents({
      abi: collectorReceiptsAbi,
      address: app.chain.contract,
      eventName: 'EditionOpened',
      args: { issuer: coop.issuer },
      fromBlock: 0n,
      strict: true,
    });
    expect(opened.map(({ args }) => args.size)).toEqual([50]);
  });

  it('says in readiness at which block the chain is', async () => {
    const { checks } = (await (await fetch(`${app.url}/health/ready`)).json()) as {
      checks: { chain: { ok: boolean; detail: string } };
    };
    expect(checks.chain).toEqual({ ok: true, detail: expect.stringMatching(/^chain 31337 at block \d+$/) });
  });

  it('sends after a crash the very transaction that it signed before', async () => {
    const drop = await aDrop(app, coop);
    const call = (await outbox(app, coop.coopId)).filter(({ purpose }) => purpose === 'open_edition').at(-1);
    const queued = await app.nest
      .get(ChainCallsRepository, { strict: false })
      .load(app.nest.get(Database, { strict: false }), coop.coopId, call?.id ?? '');
    // Signing is all that this "process" lives for; another one finds what it stored.
    if (queued?.state === 'queued') await app.nest.get(SubmitCall, { strict: false }).submit(queued);
    await until('the drop to open', async () => (await seenDrop(app, drop)).state === 'OPEN');
    const signed = await app.database.query<{ hash: string }>(
      'select hash from chain_transaction where call_id = $1',
      [call?.id],
    );
    const [included] = (await outbox(app, coop.coopId)).filter(({ id }) => id === call?.id);
    expect(signed.map(({ hash }) => hash)).toEqual([included?.transaction_hash]);
  });

  it('finds an edition done that its issuer had opened by a transaction that this database does not know', async () => {
    const other = await startTestApp({ chain: app.chain });
    const foreign = await aCoop(other);
    const drop = await aDrop(other, foreign);
    const key = await other.nest.get(KeyRing, { strict: false }).senderKey('issuer', foreign.coopId);
    const account = privateKeyToAccount(key);
    await app.chain.fund(account.address);
    const [queued] = await other.database.query<{ data: Hex }>(
      `select data from chain_call where purpose = 'open_edition'`,
    );
    const raw = await account.signTransaction({
      chainId: 31337,
      to: app.chain.contract,
      data: queued?.data ?? '0x',
      nonce: 0,
      gas: 300_000n,
      maxFeePerGas: 10n ** 10n,
    });
    const hash = await app.chain.rpc('eth_sendRawTransaction', [raw]);
    await other.nest.get(JobRunner).start();
    await until('the drop to open', async () => (await seenDrop(other, drop)).state === 'OPEN');
    const [done] = (await outbox(other, foreign.coopId)).filter((row) => row.purpose === 'open_edition');
    expect([done?.transaction_hash, done?.nonce]).toEqual([hash, null]);
    await other.stop();
  });

  describe('at once', () => {
    it('gives each nonce of a sender to one call although two processes send all of them', async () => {
      // Two copies of the product on one database, and no worker whose queue would send one after another.
      const one = await startTestApp({ chain: app.chain });
      const two = await startTestApp({ chain: app.chain, env: { DATABASE_URL: one.database.url } });
      const quiet = await aCoop(one);
      const key = await one.nest.get(KeyRing, { strict: false }).senderKey('issuer', quiet.coopId);
      const { address } = privateKeyToAccount(key);
      await app.chain.fund(address);
      for (let count = 0; count < CALLS; count += 1) await aDrop(one, quiet);
      const queued = await outbox(one, quiet.coopId);
      const senders = [one, two].map(({ nest }) => nest.get(SendCall, { strict: false }));
      const sendAll = (): Promise<unknown> =>
        Promise.all(queued.flatMap(({ id }) => senders.map((sender) => sender.run(quiet.coopId, id))));
      await sendAll();
      const signed = await one.database.query<{ nonce: number }>(
        'select nonce::int from chain_transaction where sender = $1 order by nonce',
        [address.toLowerCase()],
      );
      expect(signed.map(({ nonce }) => nonce)).toEqual(Array.from({ length: CALLS }, (_, nonce) => nonce));
      // One that came before those with lower nonces waits for them longer than its sender looks; it is looked for again.
      await until('every call to be in a block', async () => {
        await sendAll();
        return (await outbox(one, quiet.coopId)).every(({ state }) => state === 'included');
      });
      expect(await chainReader(app.chain).getTransactionCount({ address })).toBe(CALLS);
      await two.stop();
      await one.stop();
    });
  });

  it('keeps its invariants', async () => {
    for (const check of CHECKS)
      expect([check.name, await app.database.query(check.violations)]).toEqual([check.name, []]);
  });
});
