import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addressOfKey,
  claimCall,
  claimRefusal,
  deriveCertificate,
  type Hex,
  issueCertificate,
  makeDocument,
  positionalTree,
  withInclusion,
} from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import { createWalletClient, defineChain, http } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { devChainId } from '../../../apps/local/src/anvil.ts';
import { AnchorBatchesRepository } from '../../../apps/api/src/certificates/anchor-batches.repository.js';
import { Database } from '../../../apps/api/src/platform/database/index.js';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { anEdition } from '../../support/builders/catalog.js';
import {
  aMadeRun,
  allFinal,
  batchesOf,
  brokenProofs,
  bundleOf,
  certificatesOf,
  passAll,
  startPublisher,
  type StoredBatch,
  type StoredCertificate,
  verified,
} from '../../support/builders/certificates.js';
import {
  anchoredOn,
  chainReader,
  outbox,
  readyIssuer,
  whileNothingIsSent,
} from '../../support/builders/chain.js';
import { claimIn, claimed, prepared, sealedKeyOf, signedClaim } from '../../support/builders/claims.js';
import { aCoop, aMember, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { type DropAnswer, DAY_MS, OPEN_DROP } from '../../support/builders/orders.js';
import { START } from '../../support/builders/production.js';
import { createOwnChain, type TestChain } from '../../support/chain.js';
import { until } from '../../support/until.js';

interface Answer {
  readonly __typename: string;
  readonly message?: string;
  readonly batchVoid?: { readonly id: string; readonly batchId: string | null };
}

interface LastBatch {
  readonly batchId: string | null;
  readonly firstSerial: number;
  readonly unitCount: number;
  readonly root: Hex;
  readonly anchoredAt: string;
  readonly objectionUntil: string;
  readonly obstacle: string | null;
}

const VOID = `mutation ($input: VoidLastBatchInput!) { voidLastBatch(input: $input) { __typename
  ... on Refusal { message } ... on LastBatchVoided { batchVoid { id batchId words givenUp } } } }`;
const LAST = `query ($coopId: ID!, $editionId: ID!) { lastBatch(coopId: $coopId, editionId: $editionId) {
  batchId firstSerial unitCount root anchoredAt objectionUntil anchorUntil obstacle } }`;
const REPAIR = `mutation ($input: RepairBatchInput!) { repairBatch(input: $input) { __typename
  ... on Refusal { message } ... on BatchProposedAgain { batch { state } } } }`;
const STEP = `query ($coopId: ID!, $editionId: ID!) { editionAnchorings(coopId: $coopId, editionId: $editionId) {
  edges { node { objectionSeconds anchored final nextStep newestBatch { state objectionUntil } } } } }`;

const BOOKS = `SELECT
  (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.transaction_id, e.line) FROM ledger_entry e WHERE e.coop_id = $1) AS entries,
  (SELECT jsonb_agg(to_jsonb(o) ORDER BY o.id) FROM sale_order o WHERE o.coop_id = $1) AS orders,
  (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.id) FROM payment p WHERE p.coop_id = $1) AS payments,
  (SELECT jsonb_agg(to_jsonb(u) ORDER BY u.id) FROM unit u WHERE u.coop_id = $1) AS units`;

const DAYS = 2;
const PIECES = 3;
const anAddress = (): Hex => privateKeyToAccount(generatePrivateKey()).address;

describe('the last batch of an edition', () => {
  let app: TestApp;
  let chain: TestChain;
  let coop: TestCoop;
  let robbed: TestCoop;
  let unlucky: TestCoop;
  let run: Awaited<ReturnType<typeof aMadeRun>>;
  let robbedRun: Awaited<ReturnType<typeof aMadeRun>>;
  let unluckyRun: Awaited<ReturnType<typeof aMadeRun>>;
  let pieces: StoredCertificate[];
  let first: StoredBatch;
  let last: LastBatch;
  let kept: string;
  let booked: Record<string, unknown>[];
  const stops: (() => Promise<unknown>)[] = [];
  const idOf = (serial: number): string => pieces[serial - 1]?.id ?? 'missing';
  const admin = async (of: TestCoop) => ({ token: await signedIn(app, of.admin.email) });

  const lastBatch = async (of = coop, editionId = run.editionId): Promise<LastBatch | null> =>
    (await app.gql<{ lastBatch: LastBatch | null }>(LAST, { coopId: of.coopId, editionId }, await admin(of)))
      .lastBatch;
  const voidLast = async (
    changes: object = {},
    of = coop,
    on: Pick<LastBatch, 'firstSerial' | 'root'> = last,
    editionId = run.editionId,
  ): Promise<Answer> => {
    const { firstSerial, root } = on;
    const input = { coopId: of.coopId, editionId, firstSerial, root, requestId: randomUUID() };
    const asked = { input: { ...input, words: 'The wrong photos were signed.', ...changes } };
    return (await app.gql<{ voidLastBatch: Answer }>(VOID, asked, await admin(of))).voidLastBatch;
  };
  const repair = async (remedy: string, of = coop, batchId = first.id): Promise<Answer> => {
    const input = { coopId: of.coopId, batchId, remedy, words: 'The photos were put right.' };
    const asked = { input: { ...input, requestId: randomUUID() } };
    return (await app.gql<{ repairBatch: Answer }>(REPAIR, asked, await admin(of))).repairBatch;
  };
  /** All that was sold, paid, owed and handed over, which no void changes. */
  const books = (): Promise<Record<string, unknown>[]> => app.database.query(BOOKS, [coop.coopId]);
  const judged = async (bundle: string): Promise<string[]> => {
    const { word, axes } = await verified(app, { bundle });
    return [word, axes.find(({ axis }) => axis === 'anchor')?.reasonName ?? 'none'];
  };
  const open = async (changes: object): Promise<DropAnswer> => {
    const fresh = await aCoop(app);
    const { coopId, editionId } = await anEdition(app, fresh);
    const closesAt = new Date((await app.clock.now()).getTime() + 7 * DAY_MS).toISOString();
    const input = { coopId, editionId, closesAt, requestId: randomUUID(), ...changes };
    return (await app.gql<{ openDrop: DropAnswer }>(OPEN_DROP, { input }, fresh.admin)).openDrop;
  };
  const reads = async (serial: number): Promise<string[]> => {
    const { word, axes } = await verified(app, { certificateId: idOf(serial) });
    return [word, axes.find(({ axis }) => axis === 'anchor')?.reasonName ?? 'none'];
  };
  const comesToRead = (serial: number, expected: string): Promise<unknown> =>
    until(
      `No. ${String(serial)} to read ${expected}`,
      async () => (await reads(serial)).join(' ') === expected,
    );
  const standsAs = (batchId: string, state: string): Promise<unknown> =>
    until(`the batch to be ${state}`, async () =>
      (await batchesOf(app, run.editionId)).some((batch) => batch.id === batchId && batch.state === state),
    );
  const step = async () => {
    const asked = { coopId: coop.coopId, editionId: run.editionId };
    const { editionAnchorings } = await app.gql<{
      editionAnchorings: { edges: { node: { nextStep: string; objectionSeconds: number } }[] };
    }>(STEP, asked, await admin(coop));
    return editionAnchorings.edges[0]?.node;
  };
  /** Whether the edition may be closed on chain now. */
  const settled = (): Promise<boolean> =>
    app.nest
      .get(AnchorBatchesRepository, { strict: false })
      .isSettled(app.nest.get(Database, { strict: false }), coop.coopId, run.editionId);
  const callsFor = async (of: TestCoop, purpose: string) =>
    (await outbox(app, of.coopId)).filter((call) => call.purpose === purpose);

  beforeAll(async () => {
    chain = await createOwnChain();
    stops.push(() => chain.close());
    app = await startTestApp({ chain, env: { CHECKS_PER_MINUTE: '10000', CLAIMS_PER_MINUTE: '1000' } });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    run = await aMadeRun(app, coop, [PIECES], { objectionDays: DAYS });
    robbed = await aCoop(app);
    robbedRun = await aMadeRun(app, robbed, [1], { objectionDays: DAYS });
    unlucky = await aCoop(app);
    unluckyRun = await aMadeRun(app, unlucky, [1], { objectionDays: DAYS });
    await app.nest.get(JobRunner).start();
    const publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    await passAll(app, run);
    await until(
      'the batch to be anchored',
      async () => (await batchesOf(app, run.editionId))[0]?.state === 'anchored',
    );
    await allFinal(app, coop.coopId);
    pieces = await certificatesOf(app, run.editionId);
    const [batch] = await batchesOf(app, run.editionId);
    if (batch === undefined) throw new Error('Expected a batch.');
    first = batch;
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it.each([
    [{ objectionDays: -1 }, 'expected 0 (none) to 7'],
    [{ objectionDays: 8 }, 'expected 0 (none) to 7'],
    [{ objectionDays: 3, cosignDays: 3 }, 'Choose more co-signed days'],
  ])('has no time for objections such as %j', async (changes, words) => {
    expect(await open(changes)).toMatchObject({
      __typename: 'InputRefused',
      field: 'objectionDays',
      message: expect.stringContaining(words),
    });
  });

  it('has one that ends before the co-signed time', async () => {
    expect((await open({ objectionDays: 3, cosignDays: 4 })).__typename).toBe('DropOpening');
  });

  it('is PROVISIONAL meanwhile, and a claim of it is refused in words, at no cost', async () => {
    const found = await lastBatch();
    if (found === null) throw new Error('Expected a last batch.');
    last = found;
    expect(last).toMatchObject({ batchId: first.id, firstSerial: 1, unitCount: PIECES, obstacle: null });
    expect(Date.parse(last.objectionUntil) - Date.parse(last.anchoredAt)).toBe(DAYS * DAY_MS);
    expect(await step()).toMatchObject({
      objectionSeconds: DAYS * 86_400,
      newestBatch: { state: 'ANCHORED', objectionUntil: last.objectionUntil },
    });
    expect(await reads(1)).toEqual(['PROVISIONAL', 'IN_OBJECTION_TIME']);
    const until = new Date(last.objectionUntil).toISOString();
    expect((await prepared(app, idOf(1), anAddress()))?.obstacle).toContain(`may still object`);
    const claim = await signedClaim(app, idOf(1), anAddress(), await sealedKeyOf(app, idOf(1)));
    expect(await claimed(app, claim)).toMatchObject({
      __typename: 'NotClaimableYet',
      message: expect.stringContaining(`until ${until}`),
    });
    expect(await callsFor(coop, 'claim')).toEqual([]);
    kept = await bundleOf(app, idOf(1));
    expect(JSON.parse(kept)).toMatchObject({
      inclusion: { root: last.root },
      proof: { header: expect.anything() },
    });
    expect(await judged(kept)).toEqual(['PROVISIONAL', 'IN_OBJECTION_TIME']);
  });

  it.each([
    ['no words', { words: ' ' }, 'InputRefused'],
    ['another batch than was looked at', { root: `0x${'ab'.repeat(32)}` }, 'NothingToVoid'],
    ['another place', { firstSerial: 2 }, 'NothingToVoid'],
    ['an edition of nobody', { editionId: randomUUID() }, 'NotFound'],
    ['an id that is none', { editionId: 'x' }, 'NotFound'],
  ])('is not voided with %s', async (_, changes, kind) => {
    expect((await voidLast(changes)).__typename).toBe(kind);
    expect(await callsFor(coop, 'void_last')).toEqual([]);
  });

  it('is found and voided by nobody through another co-op, nor are its voids listed there', async () => {
    const stranger = await aCoop(app);
    expect((await voidLast({ coopId: stranger.coopId }, stranger)).__typename).toBe('NotFound');
    expect(await lastBatch(stranger)).toBeNull();
    const asked = { input: { coopId: coop.coopId, editionId: run.editionId, firstSerial: 1 } };
    const input = { ...asked.input, root: last.root, words: 'x', requestId: randomUUID() };
    const { errors } = await app.ask(VOID, { input }, await admin(stranger));
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect(await callsFor(coop, 'void_last')).toEqual([]);
  });

  it('is voided by admins only', async () => {
    const operator = await aMember(app, coop, ['operator']);
    const input = { coopId: coop.coopId, editionId: run.editionId, firstSerial: 1, root: last.root };
    const asked = { input: { ...input, words: 'x', requestId: randomUUID() } };
    expect((await app.ask(VOID, asked, operator)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('is voided once when ten ask, and its pieces are then not genuine, with nothing to claim or withdraw', async () => {
    const requestId = randomUUID();
    const other = await aMember(app, coop, ['admin']);
    const { firstSerial, root } = last;
    const named = { coopId: coop.coopId, editionId: run.editionId, firstSerial, root, requestId };
    const byOther = async (): Promise<Answer> => {
      const input = { ...named, words: 'The wrong photos were signed.' };
      return (await app.gql<{ voidLastBatch: Answer }>(VOID, { input }, other)).voidLastBatch;
    };
    booked = await books();
    expect(await settled()).toBe(true);
    const answers = await whileNothingIsSent(app, async () => {
      const all = await Promise.all([
        ...Array.from({ length: 4 }, () => voidLast({ requestId })),
        ...Array.from({ length: 4 }, () => voidLast()),
        // Another admin's request is another, also under the same id.
        ...[byOther(), byOther()],
      ]);
      expect(await settled()).toBe(false);
      expect(await step()).toMatchObject({ nextStep: 'BEING_VOIDED', newestBatch: { state: 'ANCHORED' } });
      expect((await lastBatch())?.obstacle).toContain('is being voided');
      return all;
    });
    const voided = answers.filter(({ __typename }) => __typename === 'LastBatchVoided');
    expect(new Set(voided.map(({ batchVoid }) => batchVoid?.id)).size).toBe(1);
    expect(voided[0]?.batchVoid).toMatchObject({ batchId: first.id, givenUp: null });
    const refusals = answers.filter(({ __typename }) => __typename === 'NothingToVoid');
    expect(voided.length + refusals.length).toBe(10);
    expect(await callsFor(coop, 'void_last')).toHaveLength(1);
    await standsAs(first.id, 'voided');
    await comesToRead(1, 'NOT_GENUINE BATCH_ABSENT');
    expect(await judged(kept)).toEqual(['NOT_GENUINE', 'BATCH_ABSENT']);
    expect(await step()).toMatchObject({
      ...{ anchored: 0, final: 0, nextStep: 'ISSUE_ANEW' },
      newestBatch: { state: 'VOIDED', objectionUntil: null },
    });
    expect((await prepared(app, idOf(1), anAddress()))?.obstacle).toContain('took back the anchoring');
    const claim = { certificateId: idOf(1), recipient: anAddress(), deadline: new Date().toISOString() };
    const signed = { ...claim, signature: `0x${'11'.repeat(65)}`, requestId: randomUUID() };
    expect((await claimed(app, signed)).__typename).toBe('NotClaimableYet');
    const revoke = { coopId: coop.coopId, certificateIds: [idOf(1)], reason: 'DEFECTIVE', words: 'x' };
    const { revokeCertificates } = await app.gql<{ revokeCertificates: Answer }>(
      `mutation ($input: RevokeCertificatesInput!) { revokeCertificates(input: $input) { __typename } }`,
      { input: { ...revoke, requestId: randomUUID() } },
      await admin(coop),
    );
    expect(revokeCertificates.__typename).toBe('NotAnchoredYet');
    expect(await lastBatch()).toBeNull();
    expect((await voidLast()).message).toContain('Nothing of this edition is anchored');
    expect(await brokenProofs(app)).toEqual({});
  });

  it('is not put before the publisher as it was, but its pieces are certified anew with the keys in their seals', async () => {
    const sealed = await sealedKeyOf(app, idOf(2));
    expect((await repair('JUDGE_AGAIN')).message).toContain('Issue its certificates anew');
    expect((await repair('ISSUE_ANEW')).__typename).toBe('BatchProposedAgain');
    expect((await repair('ISSUE_ANEW')).__typename).toBe('BatchNotRepairable');
    const next = await until(
      'another batch to be anchored',
      async () => (await batchesOf(app, run.editionId)).find(({ state }) => state === 'anchored') ?? null,
    );
    expect([next.first_serial, next.unit_count, next.root === first.root]).toEqual([1, PIECES, false]);
    await allFinal(app, coop.coopId);
    expect(await settled()).toBe(true);
    expect(await reads(2)).toEqual(['PROVISIONAL', 'IN_OBJECTION_TIME']);
    expect(await sealedKeyOf(app, idOf(2))).toBe(sealed);
    expect(await judged(kept)).toEqual(['NOT_GENUINE', 'BATCH_DIFFERS']);
    expect(await books()).toEqual(booked);
    expect((await batchesOf(app, run.editionId)).map(({ state }) => state).sort()).toEqual([
      'anchored',
      'voided',
    ]);
    expect(await brokenProofs(app)).toEqual({});
  });

  it('is voided and anchored anew once more after the chain was set back behind all of it', async () => {
    const before = await chain.rpc('evm_snapshot');
    const again = await lastBatch();
    if (again === null) throw new Error('Expected a last batch.');
    expect((await voidLast({}, coop, again)).__typename).toBe('LastBatchVoided');
    await standsAs(again.batchId ?? '', 'voided');
    first = { ...first, id: again.batchId ?? '' };
    expect((await repair('ISSUE_ANEW')).__typename).toBe('BatchProposedAgain');
    const third = await until(
      'a third batch',
      async () => (await batchesOf(app, run.editionId)).find(({ state }) => state === 'anchored') ?? null,
    );
    await allFinal(app, coop.coopId);
    const blocks = async () => (await callsFor(coop, 'void_last')).map((call) => call.block_hash);
    const gone = (await blocks()).at(-1);
    expect(await chain.rpc('evm_revert', [before])).toBe(true);
    // Until it is as long as it was, a chain set back cannot be told from a node that lags.
    await chain.mine(500);
    await until('the void to be lost', async () => !(await blocks()).includes(gone ?? null));
    await allFinal(app, coop.coopId);
    expect(await reads(1)).toEqual(['PROVISIONAL', 'IN_OBJECTION_TIME']);
    expect((await anchoredOn(chain)).at(-1)).toEqual([1, PIECES, third.root]);
    expect(await brokenProofs(app)).toEqual({});
  });

  it('stolen publisher: a batch that was not made here is told, claimed by nobody, and voided for ours to follow', async () => {
    const { editionId } = robbedRun;
    const issuer = await readyIssuer(app, robbed.coopId);
    await allFinal(app, robbed.coopId);
    const thief = await aThief(issuer);
    await passAll(app, robbedRun);
    await until('our own batch to be refused', async () =>
      (await callsFor(robbed, 'anchor')).some(({ error }) => error?.includes('AnchorOutOfOrder') ?? false),
    );
    const found = await lastBatch(robbed, editionId);
    expect(found).toMatchObject({ batchId: null, firstSerial: 1, unitCount: 1, obstacle: null });
    expect(await thief.claim()).toContain('objection time');
    const answer = await voidLast(
      { words: 'The publisher was broken into.' },
      robbed,
      { firstSerial: 1, root: found?.root ?? '0x' },
      editionId,
    );
    expect(answer.batchVoid).toMatchObject({ batchId: null });
    await until(
      'our own batch to be anchored',
      async () => (await batchesOf(app, editionId))[0]?.state === 'anchored',
    );
    await allFinal(app, robbed.coopId);
    expect(await thief.claim()).toContain('not on this chain');
    const [piece] = await certificatesOf(app, editionId);
    expect((await verified(app, { certificateId: piece?.id })).word).toBe('PROVISIONAL');
    expect(await brokenProofs(app)).toEqual({});
  });

  it('stays voided when the chain was set back to before it and a thief took its place, and is then certified anew', async () => {
    const made = unluckyRun;
    const issuer = await readyIssuer(app, unlucky.coopId);
    await allFinal(app, unlucky.coopId);
    const before = await chain.rpc('evm_snapshot');
    await passAll(app, made);
    const stateOf = async () => (await batchesOf(app, made.editionId))[0]?.state;
    await until('the batch to be anchored', async () => (await stateOf()) === 'anchored');
    await allFinal(app, unlucky.coopId);
    const [ours] = await batchesOf(app, made.editionId);
    const [piece] = await certificatesOf(app, made.editionId);
    if (ours === undefined || piece === undefined) throw new Error('Expected a batch of one piece.');
    const found = await lastBatch(unlucky, made.editionId);
    const on = { firstSerial: 1, root: found?.root ?? '0x' } as const;
    expect((await voidLast({}, unlucky, on, made.editionId)).__typename).toBe('LastBatchVoided');
    await until('the batch to be voided', async () => (await stateOf()) === 'voided');
    // Nothing is sent meanwhile: who is faster than the thief has no thief.
    await whileNothingIsSent(app, async () => {
      expect(await chain.rpc('evm_revert', [before])).toBe(true);
      await aThief(issuer);
      await chain.mine(500);
    });
    await until('both calls to be given up', async () => {
      const calls = [...(await callsFor(unlucky, 'anchor')), ...(await callsFor(unlucky, 'void_last'))];
      return calls.length === 2 && calls.every(({ state }) => state === 'given_up');
    });
    expect((await prepared(app, piece.id, anAddress()))?.obstacle).toContain('took back the anchoring');
    const thiefs = await lastBatch(unlucky, made.editionId);
    expect(thiefs).toMatchObject({ batchId: null, obstacle: null });
    const stolen = { firstSerial: 1, root: thiefs?.root ?? '0x' } as const;
    const answer = await voidLast({}, unlucky, stolen, made.editionId);
    expect(answer.batchVoid).toMatchObject({ batchId: null });
    expect((await repair('ISSUE_ANEW', unlucky, ours.id)).__typename).toBe('BatchProposedAgain');
    await until('another batch to be anchored', async () =>
      (await batchesOf(app, made.editionId)).some(({ state }) => state === 'anchored'),
    );
    await allFinal(app, unlucky.coopId);
    expect((await verified(app, { certificateId: piece.id })).word).toBe('PROVISIONAL');
    expect(await brokenProofs(app)).toEqual({});
  });

  it('stands for ever once the time is over: genuine, claimable, and voided by nobody', async () => {
    const open = await lastBatch();
    if (open === null) throw new Error('Expected a last batch.');
    await chain.rpc('evm_increaseTime', [DAYS * 86_400]);
    await chain.mine(3);
    await comesToRead(1, 'GENUINE ANCHORED');
    expect((await lastBatch())?.obstacle).toContain('ended at');
    expect(await voidLast({}, coop, open)).toMatchObject({
      __typename: 'NothingToVoid',
      message: expect.stringContaining('it stands for ever'),
    });
    const claim = await signedClaim(app, idOf(1), anAddress(), await sealedKeyOf(app, idOf(1)));
    await claimIn(app, (await claimed(app, claim)).claim?.id ?? '', 'CLAIMED');
    expect(JSON.parse(await bundleOf(app, idOf(1)))).toMatchObject({ proof: { header: expect.anything() } });
    expect(await brokenProofs(app)).toEqual({});
  });

  /** Whoever holds the publisher's key: anchors a certificate of their own in the robbed edition, and tries to claim it. */
  async function aThief(issuer: Hex): Promise<{ claim: () => Promise<string> }> {
    const edition = await editionOnChain(issuer);
    const contract = chain.contract.toLowerCase() as Hex;
    const key = generatePrivateKey();
    const document = makeDocument([{ path: 'what.title', salt: generatePrivateKey(), value: 'Heron' }]);
    const token = { issuer, edition, serial: 1 };
    const home = { chainId: devChainId, contract };
    const own = issueCertificate(
      { home, token, document, claimKey: addressOfKey(key) },
      generatePrivateKey(),
    );
    const tree = positionalTree([deriveCertificate(own).leaf]);
    const account = chain.accounts.publisher;
    await chain.fund(account.address);
    const wallet = createWalletClient({ account, chain: localChain(), transport: http(chain.rpcUrl) });
    const zero: Hex = `0x${'00'.repeat(32)}`;
    const hash = await wallet.writeContract({
      ...{ abi: collectorReceiptsAbi, address: chain.contract, functionName: 'anchor' },
      args: [deriveCertificate(own).tokenId, 1, tree.root, 0, zero, zero],
    });
    const reader = chainReader(chain);
    const { blockNumber, status } = await reader.waitForTransactionReceipt({ hash, pollingInterval: 20 });
    if (status !== 'success') throw new Error('The thief could not anchor.');
    const time = Number((await reader.getBlock({ blockNumber })).timestamp);
    const placed = withInclusion(own, tree, { firstSerial: 1, time, cosignUntil: 0 });
    const recipient = anAddress();
    return {
      claim: async () => {
        const now = Number((await reader.getBlock()).timestamp);
        const data = claimCall(placed, key, { recipient, deadline: now + 3600 });
        return reader.call({ to: chain.contract, data }).then(
          () => 'taken',
          (error: unknown) => claimRefusal(dataOf(error)) ?? String(error),
        );
      },
    };
  }

  /** The number of the one edition that an issuer has opened, by the chain's own word. */
  async function editionOnChain(issuer: Hex): Promise<bigint> {
    const [event] = await chainReader(chain).getContractEvents({
      ...{ abi: collectorReceiptsAbi, address: chain.contract, eventName: 'EditionOpened' },
      ...{ args: { issuer }, fromBlock: 0n, strict: true },
    });
    if (event === undefined) throw new Error(`The issuer ${issuer} has opened no edition.`);
    return event.args.edition;
  }

  function localChain() {
    return defineChain({
      ...{ id: devChainId, name: 'test', nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 } },
      rpcUrls: { default: { http: [chain.rpcUrl] } },
    });
  }
});

/** What the contract answered, wherever the client keeps it. */
function dataOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('data' in at && typeof at.data === 'string') return at.data;
  return String(error);
}
