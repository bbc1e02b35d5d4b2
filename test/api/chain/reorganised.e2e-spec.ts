import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Hex, parseBundle, tokenPartsOf } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aMadeRun,
  allFinal,
  batchesOf,
  brokenProofs,
  bundleOf,
  certificatesOf,
  passAll,
  startPublisher,
  verified,
  type StoredBatch,
  type StoredCertificate,
} from '../../support/builders/certificates.js';
import { chainReader, outbox, type OutboxRow } from '../../support/builders/chain.js';
import { claimed, sealedKeyOf, signedClaim } from '../../support/builders/claims.js';
import { aCoop, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { aDrop, seenDrop } from '../../support/builders/orders.js';
import { START, type TestRun } from '../../support/builders/production.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { until } from '../../support/until.js';

const LONG_MS = 120_000;
const WORKERS = 2;
const DEFECTIVE = 3;
// How many pieces each test has in an edition of its own.
const EDITIONS = [3, 2, 4, 3, 2, 2];
const REVOKE = `mutation ($input: RevokeCertificatesInput!) { revokeCertificates(input: $input) { __typename } }`;

type Event = 'BatchAnchored' | 'Claimed' | 'CertificateRevoked' | 'EditionOpened';

/** An edition whose pieces passed, as far as a test needs it. */
interface Pieces {
  readonly run: TestRun;
  readonly certificates: readonly StoredCertificate[];
}

describe('a chain that is reorganised', () => {
  let chain: OwnChain;
  let app: TestApp;
  let coop: TestCoop;
  const made: Awaited<ReturnType<typeof aMadeRun>>[] = [];
  let workers: TestApp[] = [];
  const stops: (() => Promise<unknown>)[] = [];
  // Every block that was replaced. A verdict that was asked for after that must not be as of one of them.
  const gone = new Set<string>();
  // Nonces of the gas key that were spent on what the contract refused in a block.
  const wasted: number[] = [];

  const startWorkers = async (): Promise<void> => {
    const env = { DATABASE_URL: app.database.url };
    for (let count = 0; count < WORKERS; count += 1)
      workers.push(await startTestApp({ chain, worker: true, env }));
  };
  const stopWorkers = async (): Promise<void> => {
    for (const worker of workers) await worker.stop();
    workers = [];
  };

  beforeAll(async () => {
    chain = await createOwnChain();
    stops.push(() => chain.close());
    app = await startTestApp({ chain, env: { CHECKS_PER_MINUTE: '1000000', CLAIMS_PER_MINUTE: '1000' } });
    stops.push(() => app.stop(), stopWorkers);
    await app.clock.freeze(START);
    coop = await aCoop(app);
    for (const pieces of EDITIONS) made.push(await aMadeRun(app, await signedInAgain(), [pieces]));
    await startWorkers();
    const publisher = await startPublisher(app);
    stops.push(() => publisher.close());
  }, 120_000);
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });
  beforeEach(async () => {
    await chain.rpc('evm_setAutomine', [true]);
    chain.goOn();
    await allFinal(app, coop.coopId);
  });

  /** The pieces of the next edition, all passed, in a batch that stands in a block which nothing makes final. */
  const anchoredPieces = async (): Promise<Pieces> => {
    const run = made.shift();
    if (run === undefined) throw new Error('Expected an edition more; EDITIONS says how many there are.');
    chain.holdStill();
    // Blocks that replace others are of the time of the block before them: this one is to be of another time than they.
    await chain.rpc('evm_increaseTime', [30]);
    await passAll(app, run);
    await until('the batch to be anchored', async () => (await batchOf(run)).state === 'anchored', LONG_MS);
    return { run, certificates: await certificatesOf(app, run.editionId) };
  };
  const signedInAgain = async (): Promise<TestCoop> => ({
    ...coop,
    admin: { ...coop.admin, token: await signedIn(app, coop.admin.email) },
  });
  const batchOf = async (run: TestRun): Promise<StoredBatch> => {
    const [batch] = await batchesOf(app, run.editionId);
    return batch ?? ({ state: 'none' } as StoredBatch);
  };
  const callsOf = async (purpose: string): Promise<OutboxRow[]> =>
    (await outbox(app, coop.coopId)).filter((row) => row.purpose === purpose);
  /** The newest call of a purpose. */
  const callOf = async (purpose: string): Promise<OutboxRow> => {
    const row = (await callsOf(purpose)).at(-1);
    if (row === undefined) throw new Error(`Expected a call ${purpose}.`);
    return row;
  };
  /** Waits until so many transactions wait for a block: what is signed was not always sent yet. */
  const pooled = (count: number): Promise<unknown> =>
    until(
      `${String(count)} transactions to wait for a block`,
      async () => {
        const { pending } = (await chain.rpc('txpool_status')) as { pending: string };
        return Number(pending) === count;
      },
      LONG_MS,
    );
  const blockOf = async (call: OutboxRow): Promise<number> => {
    const hash = call.transaction_hash ?? '0x';
    return Number((await chainReader(chain).getTransactionReceipt({ hash })).blockNumber);
  };
  const reorganise = async (...[from, again]: Parameters<OwnChain['reorganise']>): Promise<void> => {
    for (const hash of await chain.reorganise(from, again)) gone.add(hash);
  };

  /** Asks how the pieces are found until `come`, and sees that no answer on the way is a wrong one. */
  const watched = async (
    what: string,
    { run, certificates }: Pieces,
    come: (words: readonly string[]) => Promise<boolean> | boolean,
  ): Promise<void> => {
    await until(
      what,
      async () => {
        const before = new Set(gone);
        const verdicts = [];
        for (const { serial } of certificates) verdicts.push(await verified(app, { gtin: run.gtin, serial }));
        for (const { word, asOf } of verdicts) {
          expect(word).not.toBe('NOT_GENUINE');
          expect(before).not.toContain(asOf?.blockHash);
          if (word === 'GENUINE') expect(asOf?.finality).toBe('final');
        }
        return come(verdicts.map(({ word }) => word));
      },
      LONG_MS,
    );
  };
  const all =
    (expected: string) =>
    (words: readonly string[]): boolean =>
      words.every((word) => word === expected);

  const eventsOf = async (eventName: Event, { run }: Pick<Pieces, 'run'>): Promise<unknown[][]> => {
    const at = { abi: collectorReceiptsAbi, address: chain.contract, fromBlock: 0n, strict: true } as const;
    const [row] = await app.database.query<{ token_id: string }>(
      'select token_id from certificate where edition_id = $1 limit 1',
      [run.editionId],
    );
    const { edition } = tokenPartsOf(BigInt(row?.token_id ?? 0));
    const events = await chainReader(chain).getContractEvents({ ...at, eventName });
    return events.flatMap(({ args }) => {
      if ('edition' in args) return args.edition === edition ? [[args.size]] : [];
      const token = tokenPartsOf('firstTokenId' in args ? args.firstTokenId : args.tokenId);
      if (token.edition !== edition) return [];
      if ('root' in args) return [[token.serial, args.count, args.root]];
      return [[token.serial, 'recipient' in args ? args.recipient : args.reason]];
    });
  };

  /**
   * All is final, each call stands in the chain by one transaction of its own, and no sender has sent another but, of the
   * gas key, those that were wasted.
   */
  const settled = async (): Promise<void> => {
    await chain.rpc('evm_setAutomine', [true]);
    chain.goOn();
    await allFinal(app, coop.coopId);
    const calls = await outbox(app, coop.coopId);
    const reader = chainReader(chain);
    for (const { block_hash: block, transaction_hash: hash } of calls) {
      expect(gone).not.toContain(block);
      expect((await reader.getTransactionReceipt({ hash: hash ?? '0x' })).blockHash).toBe(block);
    }
    const senders = await app.database.query<{ address: Hex; next: number }>(
      'select address, next_nonce::int as next from chain_sender order by address',
    );
    for (const { address, next } of senders) {
      expect([address, await reader.getTransactionCount({ address })]).toEqual([address, next]);
      const own = calls.filter(({ sender }) => sender === address).map(({ nonce }) => Number(nonce));
      if (address === chain.accounts.gas.address.toLowerCase()) own.push(...wasted);
      expect([address, own.sort((left, right) => left - right)]).toEqual([
        address,
        Array.from({ length: next }, (_, nonce) => nonce),
      ]);
    }
    expect(await brokenProofs(app)).toEqual({});
  };

  const claimOf = async (
    { certificates }: Pieces,
    serial: number,
  ): Promise<{ id: string; recipient: string }> => {
    const recipient = privateKeyToAccount(generatePrivateKey()).address;
    const id = certificates[serial - 1]?.id ?? '';
    const { claim } = await claimed(app, await signedClaim(app, id, recipient, await sealedKeyOf(app, id)));
    return { id: claim?.id ?? '', recipient };
  };
  const claimRow = async (id: string) => {
    const [row] = await app.database.query<{ state: string; claimed_at: Date | null }>(
      'select state, claimed_at from certificate_claim where id = $1',
      [id],
    );
    return row;
  };
  const revoked = async ({ certificates }: Pieces, serial: number): Promise<void> => {
    const ids = {
      coopId: coop.coopId,
      certificateIds: [certificates[serial - 1]?.id],
      requestId: randomUUID(),
    };
    const input = { ...ids, reason: 'DEFECTIVE', words: 'The glaze cracks.' };
    const { revokeCertificates } = await app.gql<{ revokeCertificates: { __typename: string } }>(
      REVOKE,
      { input },
      (await signedInAgain()).admin,
    );
    expect(revokeCertificates.__typename).toBe('CertificatesRevoked');
  };
  const withdrawnAt = async ({ certificates }: Pieces, serial: number): Promise<Date | null | undefined> => {
    const [row] = await app.database.query<{ recorded_at: Date | null }>(
      `select recorded_at from withdrawal w join withdrawn_certificate c on c.withdrawal_id = w.id
        where c.certificate_id = $1`,
      [certificates[serial - 1]?.id],
    );
    return row?.recorded_at;
  };

  it('has a batch that dropped out sent again, the same and once, and says until then that it is not anchored', async () => {
    const pieces = await anchoredPieces();
    const { root } = await batchOf(pieces.run);
    const call = await callOf('anchor');
    await chain.rpc('evm_setAutomine', [false]);
    await reorganise(await blockOf(call));
    expect(await eventsOf('BatchAnchored', pieces)).toEqual([]);
    await watched('the pieces to be not anchored', pieces, async (words) => {
      const { state, anchored_at: at } = await batchOf(pieces.run);
      return state === 'signed' && at === null && all('PROVISIONAL')(words);
    });
    const again = await until(
      'it to be sent again',
      async () => {
        const row = await callOf('anchor');
        return row.state === 'submitted' ? row : null;
      },
      LONG_MS,
    );
    expect([again.id, again.nonce, again.sender]).toEqual([call.id, call.nonce, call.sender]);
    await chain.rpc('evm_setAutomine', [true]);
    await chain.mine();
    await watched(
      'the batch to stand again',
      pieces,
      async () => (await batchOf(pieces.run)).state === 'anchored',
    );
    chain.goOn();
    await watched('all to be genuine', pieces, all('GENUINE'));
    await settled();
    expect(await eventsOf('BatchAnchored', pieces)).toEqual([[1, 3, root]]);
  }, 400_000);

  it('has a batch followed into another block at another height, with nothing sent again', async () => {
    const pieces = await anchoredPieces();
    const { root } = await batchOf(pieces.run);
    const call = await callOf('anchor');
    const block = await blockOf(call);
    await chain.mine();
    await reorganise(block, [{ hash: call.transaction_hash ?? '', after: 1 }]);
    expect(await blockOf(call)).toBe(block + 1);
    const { timestamp } = await chainReader(chain).getBlock({ blockNumber: BigInt(block + 1) });
    await watched('the batch to be of the other block', pieces, async () => {
      const { state, anchored_at: at } = await batchOf(pieces.run);
      return (
        state === 'anchored' &&
        Number(at) === Number(timestamp) * 1000 &&
        !gone.has((await callOf('anchor')).block_hash ?? '')
      );
    });
    chain.goOn();
    await watched('all to be genuine', pieces, all('GENUINE'));
    await settled();
    const stayed = await callOf('anchor');
    expect([stayed.id, stayed.transaction_hash]).toEqual([call.id, call.transaction_hash]);
    const signed = await app.database.query('select hash from chain_transaction where call_id = $1', [
      call.id,
    ]);
    expect(signed).toEqual([{ hash: call.transaction_hash }]);
    expect(await eventsOf('BatchAnchored', pieces)).toEqual([[1, 2, root]]);
  }, 400_000);

  it('has a claim and a withdrawal that dropped out made again, once each', async () => {
    const pieces = await anchoredPieces();
    chain.goOn();
    await watched('all to be genuine', pieces, all('GENUINE'));
    const first = await claimOf(pieces, 1);
    // With the first claim the contract is told where tokens are described, by a call of its own.
    await until('that', async () => (await claimRow(first.id))?.state === 'claimed', LONG_MS);
    await until('its word', async () => (await callsOf('set_metadata_base')).length === 1, LONG_MS);
    await allFinal(app, coop.coopId);

    chain.holdStill();
    await chain.rpc('evm_setAutomine', [false]);
    const second = await claimOf(pieces, 2);
    await revoked(pieces, 3);
    await pooled(2);
    await chain.mine();
    await until(
      'both in a block',
      async () => (await withdrawnAt(pieces, 3)) && (await claimRow(second.id))?.claimed_at,
      LONG_MS,
    );
    const [claiming, withdrawing] = [await callOf('claim'), await callOf('revoke')];
    await reorganise(await blockOf(claiming));
    await watched('both to be undone', pieces, async (words) => {
      const claim = await claimRow(second.id);
      return (
        claim?.state === 'relayed' &&
        claim.claimed_at === null &&
        (await withdrawnAt(pieces, 3)) === null &&
        all('GENUINE')(words)
      );
    });
    await chain.rpc('evm_setAutomine', [true]);
    await chain.mine();
    chain.goOn();
    await watched('the piece to be withdrawn', pieces, (words) => words[2] === 'WITHDRAWN');
    await settled();
    expect((await claimRow(second.id))?.state).toBe('claimed');
    const after = [await callOf('claim'), await callOf('revoke')];
    expect(after.map(({ id, nonce }) => [id, nonce])).toEqual(
      [claiming, withdrawing].map(({ id, nonce }) => [id, nonce]),
    );
    expect(await eventsOf('Claimed', pieces)).toEqual([
      [1, first.recipient],
      [2, second.recipient],
    ]);
    expect(await eventsOf('CertificateRevoked', pieces)).toEqual([[3, DEFECTIVE]]);
    expect((await verified(app, { gtin: pieces.run.gtin, serial: 3 })).word).toBe('WITHDRAWN');

    chain.holdStill();
    const third = await claimOf(pieces, 4);
    await until('it in a block', async () => (await claimRow(third.id))?.claimed_at, LONG_MS);
    const call = await callOf('claim');
    const block = await blockOf(call);
    await chain.mine();
    await reorganise(block, [{ hash: call.transaction_hash ?? '', after: 1 }]);
    await until('it in the other', async () => !gone.has((await callOf('claim')).block_hash ?? ''), LONG_MS);
    const stayed = await callOf('claim');
    expect([stayed.id, stayed.nonce, stayed.transaction_hash]).toEqual([
      call.id,
      call.nonce,
      call.transaction_hash,
    ]);
    expect((await claimRow(third.id))?.state).toBe('claimed');
    await settled();
    expect((await eventsOf('Claimed', pieces)).at(-1)).toEqual([4, third.recipient]);
  }, 400_000);

  it('has an anchoring, a claim and a withdrawal that dropped out together made again in their order', async () => {
    const pieces = await anchoredPieces();
    const { root } = await batchOf(pieces.run);
    await chain.rpc('evm_setAutomine', [false]);
    const claim = await claimOf(pieces, 1);
    await revoked(pieces, 2);
    await pooled(2);
    await chain.mine();
    await until(
      'both in a block',
      async () => (await withdrawnAt(pieces, 2)) && (await claimRow(claim.id))?.claimed_at,
      LONG_MS,
    );
    await reorganise(await blockOf(await callOf('anchor')));
    await watched('all to be undone', pieces, async () => {
      const { state } = await batchOf(pieces.run);
      return (
        state === 'signed' &&
        (await claimRow(claim.id))?.state === 'relayed' &&
        (await withdrawnAt(pieces, 2)) === null
      );
    });
    await chain.rpc('evm_setAutomine', [true]);
    await chain.mine();
    chain.goOn();
    await watched('all to be as it was', pieces, async (words) => {
      const stands = words.join() === 'GENUINE,WITHDRAWN,GENUINE';
      return stands && (await claimRow(claim.id))?.state === 'claimed';
    });
    await settled();
    expect(await eventsOf('BatchAnchored', pieces)).toEqual([[1, 3, root]]);
    expect(await eventsOf('Claimed', pieces)).toEqual([[1, claim.recipient]]);
    expect(await eventsOf('CertificateRevoked', pieces)).toEqual([[2, DEFECTIVE]]);
  }, 400_000);

  it('has a claim that came again before its time put together anew, since its batch is of another time', async () => {
    const pieces = await anchoredPieces();
    const claim = await claimOf(pieces, 1);
    await until('it in a block', async () => (await claimRow(claim.id))?.claimed_at, LONG_MS);
    const [anchoring, sent] = [await callOf('anchor'), await callOf('claim')];
    const anchoredAt = (await batchOf(pieces.run)).anchored_at;
    await reorganise(await blockOf(anchoring), [
      { hash: anchoring.transaction_hash ?? '', after: 0 },
      { hash: sent.transaction_hash ?? '', after: 1 },
    ]);
    const hash = sent.transaction_hash ?? '0x';
    expect((await chainReader(chain).getTransactionReceipt({ hash })).status).toBe('reverted');
    await watched('the claim to stand', pieces, async () => {
      const { transaction_hash: other, block_hash: block } = await callOf('claim');
      return other !== hash && block !== null && (await claimRow(claim.id))?.state === 'claimed';
    });
    chain.goOn();
    await watched('all to be genuine', pieces, all('GENUINE'));
    wasted.push(Number(sent.nonce));
    await settled();
    expect((await batchOf(pieces.run)).anchored_at).not.toEqual(anchoredAt);
    expect(await eventsOf('Claimed', pieces)).toEqual([[1, claim.recipient]]);
  }, 400_000);

  it.each([
    ['dropped out', false],
    ['came again in another block', true],
  ])(
    'has an edition whose opening %s open once, and its drop stays open',
    async (_, again) => {
      chain.holdStill();
      const drop = await aDrop(app, await signedInAgain());
      await until('the drop to open', async () => (await seenDrop(app, drop)).state === 'OPEN', LONG_MS);
      const call = await callOf('open_edition');
      const block = await blockOf(call);
      await chain.mine();
      const kept = again ? [{ hash: call.transaction_hash ?? '', after: 1 }] : [];
      await reorganise(block, kept);
      await until(
        'it to stand again',
        async () => {
          const { block_hash: hash } = await callOf('open_edition');
          return hash !== null && !gone.has(hash);
        },
        LONG_MS,
      );
      await settled();
      const stands = await callOf('open_edition');
      expect([stands.id, stands.nonce]).toEqual([call.id, call.nonce]);
      expect((await seenDrop(app, drop)).state).toBe('OPEN');
      const opened = await chainReader(chain).getContractEvents({
        abi: collectorReceiptsAbi,
        address: chain.contract,
        eventName: 'EditionOpened',
        fromBlock: 0n,
        strict: true,
      });
      const editions = opened.map(({ args }) => args.edition);
      expect([new Set(editions).size, editions.length]).toEqual([
        editions.length,
        (await callsOf('open_edition')).length,
      ]);
    },
    120_000,
  );

  it('makes a proof whose header is gone worth nothing, and has it captured anew', async () => {
    const [certificate] = await app.database.query<{ id: string }>(
      `select c.id from certificate c join anchor_batch b on b.id = c.batch_id where c.serial = 1
        and not exists (select from certificate_claim k where k.certificate_id = c.id) order by c.id limit 1`,
    );
    const id = certificate?.id ?? '';
    chain.holdStill();
    // The proof is then of a block after everything that was done. These blocks are seconds apart: an empty one that takes
    // the place of one of the same second is the same block, once the price of gas has sunk to its least.
    await chain.rpc('anvil_mine', ['0x6', '0x2']);
    const text = await bundleOf(app, id);
    const old = parseBundle(text);
    const number = old.kind === 'BundleRead' ? (old.provenBlock?.number ?? 0) : 0;
    expect((await verified(app, { bundle: text })).word).toBe('GENUINE');
    await reorganise(number);
    const verdict = await verified(app, { bundle: text });
    expect([verdict.word, verdict.asOf]).toEqual(['UNDETERMINED', null]);
    expect(verdict.notProven.join()).toContain(`the proof in the bundle is of block ${String(number)}`);
    const anew = await bundleOf(app, id);
    const read = parseBundle(anew);
    const proven = read.kind === 'BundleRead' ? read.provenBlock : null;
    const { hash } = await chainReader(chain).getBlock({ blockNumber: BigInt(proven?.number ?? 0) });
    expect(proven?.hash).toBe(hash);
    expect((await verified(app, { bundle: anew })).word).toBe('GENUINE');
    await settled();
  }, 120_000);

  it('makes no good piece a false one while no worker looks, and no file that was kept a wrong one', async () => {
    const pieces = await anchoredPieces();
    await stopWorkers();
    const [{ id } = { id: '' }] = pieces.certificates;
    const kept = await bundleOf(app, id);
    const call = await callOf('anchor');
    await reorganise(await blockOf(call), [{ hash: call.transaction_hash ?? '', after: 0 }]);
    const words = async (): Promise<string[]> => {
      const asked = [{ certificateId: id }, { gtin: pieces.run.gtin, serial: 2 }, { bundle: kept }];
      return Promise.all(asked.map(async (input) => (await verified(app, input)).word));
    };
    for (const word of await words()) expect(['PROVISIONAL', 'UNDETERMINED']).toContain(word);
    // What is final now is other than what our records say, and nobody is there to see it.
    await chain.mine(6);
    for (const word of await words()) expect(['PROVISIONAL', 'UNDETERMINED']).toContain(word);
    await startWorkers();
    chain.goOn();
    await watched('all to be genuine', pieces, all('GENUINE'));
    await settled();
    expect((await words())[2]).toBe('UNDETERMINED');
    expect((await verified(app, { bundle: await bundleOf(app, id) })).word).toBe('GENUINE');
  }, 400_000);
});
