import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signDigest, type Hex } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import { decodeFunctionData, encodeFunctionData, hashTypedData } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aMadeRun,
  allFinal,
  batchesOf,
  brokenProofs,
  certificatesOf,
  passAll,
  startPublisher,
  type StoredCertificate,
} from '../../support/builders/certificates.js';
import { chainReader, outbox } from '../../support/builders/chain.js';
import { claimIn, claimed, prepared, sealedKeyOf, signedClaim } from '../../support/builders/claims.js';
import { aCoop, type TestCoop } from '../../support/builders/membership.js';
import { START, type TestRun } from '../../support/builders/production.js';
import { createOwnChain } from '../../support/chain.js';
import { until } from '../../support/until.js';

const anAddress = (): string => privateKeyToAccount(generatePrivateKey()).address;
const PIECES = 5;

describe('a claim that the co-op relays', () => {
  let app: TestApp;
  let coop: TestCoop;
  let run: TestRun;
  let pieces: StoredCertificate[];
  const stops: (() => Promise<unknown>)[] = [];
  const piece = (serial: number): StoredCertificate => {
    const found = pieces[serial - 1];
    if (found === undefined) throw new Error(`Expected a piece with serial ${String(serial)}.`);
    return found;
  };
  const ownerOf = (serial: number): Promise<Hex> =>
    chainReader(app.chain).readContract({
      abi: collectorReceiptsAbi,
      address: app.chain.contract,
      functionName: 'ownerOf',
      args: [BigInt(piece(serial).token_id)],
    });

  beforeAll(async () => {
    // Its own, because it stops mining for a moment.
    const chain = await createOwnChain();
    stops.push(() => chain.close());
    app = await startTestApp({ chain, env: { CLAIMS_PER_MINUTE: '1000' } });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    const made = await aMadeRun(app, coop, [PIECES]);
    run = made;
    await app.nest.get(JobRunner).start();
    await passAll(app, made);
    await until('the batch', async () => (await batchesOf(app, run.editionId)).length === 1);
    pieces = await certificatesOf(app, run.editionId);
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('waits for the anchoring, and says so', async () => {
    const preparation = await prepared(app, piece(1).id, anAddress());
    expect(preparation).toMatchObject({ proof: null, obstacle: expect.stringContaining('not anchored') });
    const answer = await claimed(app, {
      certificateId: piece(1).id,
      recipient: anAddress(),
      deadline: '2027-01-01T00:00:00Z',
      signature: '0x',
      requestId: randomUUID(),
    });
    expect(answer.__typename).toBe('NotClaimableYet');
    const publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    await until(
      'the batch to be anchored',
      async () => (await batchesOf(app, run.editionId))[0]?.state === 'anchored',
    );
  });

  it('gives the token to the address that the key of the piece signed, at the cost of the gas key', async () => {
    const recipient = anAddress();
    const claim = await signedClaim(app, piece(1).id, recipient, await sealedKeyOf(app, piece(1).id));
    const answer = await claimed(app, claim);
    expect(answer).toMatchObject({ __typename: 'ClaimRelayed', claim: { state: 'RELAYED' } });
    const done = await claimIn(app, answer.claim?.id ?? '', 'CLAIMED');
    expect(await ownerOf(1)).toBe(recipient);
    const sent = await chainReader(app.chain).getTransaction({ hash: done.transactionHash ?? '0x' });
    expect(sent.from).toBe(app.chain.accounts.gas.address.toLowerCase());
    expect(await claimed(app, claim)).toEqual({
      ...answer,
      claim: { ...answer.claim, state: 'CLAIMED' },
    });
    expect(await claimed(app, { ...claim, recipient: anAddress() })).toMatchObject({
      __typename: 'RequestIdReused',
    });
  });

  it('says of a claimed piece since when, and never by which address', async () => {
    const recipient = anAddress();
    const claim = await signedClaim(app, piece(1).id, recipient, await sealedKeyOf(app, piece(1).id));
    const answer = await claimed(app, claim);
    expect(answer).toMatchObject({ __typename: 'AlreadyClaimed', since: expect.stringMatching(/^\d{4}-/) });
    expect(answer.message).not.toMatch(/0x/);
    expect((await prepared(app, piece(1).id, recipient))?.claimedSince).toBe(answer.since);
    expect(await claimedSince(1)).toBe(answer.since);
    expect(await claimedSince(2)).toBeNull();
  });

  it.each([
    ['by another key', async () => generatePrivateKey(), {}],
    ['for another recipient', (own: Hex) => Promise.resolve(own), { recipient: anAddress() }],
    ['until another moment', (own: Hex) => Promise.resolve(own), { deadline: '2027-01-01T00:00:00Z' }],
  ])('is refused when it was signed %s', async (_, keyOf, changes) => {
    const key = await keyOf(await sealedKeyOf(app, piece(2).id));
    const claim = await signedClaim(app, piece(2).id, anAddress(), key);
    expect((await claimed(app, { ...claim, ...changes })).__typename).toBe('ClaimKeyWrong');
  });

  it.each([
    ['no address at all', 'me'],
    ['nobody', `0x${'0'.repeat(40)}`],
    [
      'an address with a wrong checksum',
      '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'.replace('f39f', 'F39F'),
    ],
  ])('is refused for %s', async (_, recipient) => {
    const claim = await signedClaim(app, piece(2).id, anAddress(), generatePrivateKey());
    const answer = await claimed(app, { ...claim, recipient });
    expect(answer).toMatchObject({ __typename: 'InputRefused', message: expect.stringContaining('address') });
  });

  it('is of a piece that was certified here, or of none', async () => {
    const claim = await signedClaim(app, piece(2).id, anAddress(), generatePrivateKey());
    for (const certificateId of ['no uuid', randomUUID()]) {
      expect((await claimed(app, { ...claim, certificateId })).__typename).toBe('NotFound');
      expect(await prepared(app, certificateId, anAddress())).toBeNull();
    }
  });

  it('is given up once its deadline has passed, and can then be made again', async () => {
    const recipient = anAddress();
    const key = await sealedKeyOf(app, piece(3).id);
    const claim = await signedClaim(app, piece(3).id, recipient, key);
    const call = await chainReader(app.chain).getBlock();
    const deadline = new Date(Number(call.timestamp - 60n) * 1000).toISOString();
    const late = { ...claim, deadline, signature: await signedUntil(key, deadline, recipient) };
    const answer = await claimed(app, late);
    const done = await claimIn(app, answer.claim?.id ?? '', 'GIVEN_UP');
    expect(done.problem).toBe('Its deadline has passed.');
    const again = await claimed(app, { ...claim, requestId: randomUUID() });
    await claimIn(app, again.claim?.id ?? '', 'CLAIMED');
    expect(await ownerOf(3)).toBe(recipient);
  });

  it('is given up when somebody with the same key was faster without us', async () => {
    const key = await sealedKeyOf(app, piece(4).id);
    const first = await signedClaim(app, piece(4).id, anAddress(), key);
    // Until then the heartbeat makes blocks, and what waits would be in them.
    await allFinal(app, coop.coopId);
    await app.chain.rpc('evm_setAutomine', [false]);
    const relayed = await claimed(app, first);
    await until('its call to be submitted', async () =>
      (await outbox(app, coop.coopId)).some((row) => row.state === 'submitted'),
    );
    const winner = await sentWithoutUs(4, key);
    await app.chain.rpc('evm_setAutomine', [true]);
    await app.chain.mine();
    const done = await claimIn(app, relayed.claim?.id ?? '', 'GIVEN_UP');
    expect(done.problem).toBe('The piece was claimed by another claim.');
    expect(await ownerOf(4)).toBe(winner);
    // The co-op relayed nothing, so only the chain knows since when.
    await until(
      'the claim to be read at the block of the verdict',
      async () => (await claimedSince(4)) !== null,
    );
    const { timestamp } = await chainReader(app.chain).getBlock();
    const since = Date.parse((await claimedSince(4)) ?? '') / 1000;
    expect(Number(timestamp) - since).toBeGreaterThanOrEqual(0);
    expect(Number(timestamp) - since).toBeLessThan(600);
  });

  describe('at once', () => {
    it('is relayed once when twenty ask for one piece, each with an address of its own', async () => {
      const key = await sealedKeyOf(app, piece(5).id);
      const claims = await Promise.all(
        Array.from({ length: 20 }, () => signedClaim(app, piece(5).id, anAddress(), key)),
      );
      const answers = await Promise.all(claims.map((claim) => claimed(app, claim)));
      const kinds = answers.map((answer) => answer.__typename).sort();
      expect(kinds).toEqual([...Array<string>(19).fill('AlreadyClaimed'), 'ClaimRelayed']);
      const winner = answers.findIndex((answer) => answer.__typename === 'ClaimRelayed');
      await claimIn(app, answers[winner]?.claim?.id ?? '', 'CLAIMED');
      expect(await ownerOf(5)).toBe(claims[winner]?.recipient);
      expect(await rowsOf(5)).toBe(1);
    });

    it('is relayed once when the same request comes twenty times', async () => {
      const claim = await signedClaim(app, piece(2).id, anAddress(), await sealedKeyOf(app, piece(2).id));
      const answers = await Promise.all(Array.from({ length: 20 }, () => claimed(app, claim)));
      expect(new Set(answers.map((answer) => answer.claim?.id)).size).toBe(1);
      expect(await rowsOf(2)).toBe(1);
    });
  });

  it('is refused when a network asks too often', async () => {
    const busy = await startTestApp({
      chain: app.chain,
      env: { CLAIMS_PER_MINUTE: '3', DATABASE_URL: app.database.url },
    });
    const claim = await signedClaim(app, piece(2).id, anAddress(), generatePrivateKey());
    const answers = [];
    while (answers.length < 4) answers.push((await claimed(busy, claim)).__typename);
    await busy.stop();
    expect(answers.at(-1)).toBe('TooManyClaims');
  });

  it('leaves the invariants whole', async () => {
    await allFinal(app, coop.coopId);
    expect(await brokenProofs(app)).toEqual({});
  });

  async function claimedSince(serial: number): Promise<string | null> {
    const { verify } = await app.gql<{ verify: { claimedSince: string | null } }>(
      'query ($input: VerifyInput!) { verify(input: $input) { claimedSince } }',
      { input: { certificateId: piece(serial).id } },
    );
    return verify.claimedSince;
  }

  async function rowsOf(serial: number): Promise<number> {
    const rows = await app.database.query('select 1 from certificate_claim where certificate_id = $1', [
      piece(serial).id,
    ]);
    return rows.length;
  }

  async function signedUntil(key: Hex, deadline: string, recipient: string): Promise<Hex> {
    return signDigest(key, await digestOf(3, recipient, BigInt(Date.parse(deadline) / 1000)));
  }

  /** The digest as an independent library derives it. */
  async function digestOf(serial: number, recipient: string, deadline: bigint): Promise<Hex> {
    return hashTypedData({
      domain: { name: 'Touchmark', version: '1', chainId: 31337, verifyingContract: app.chain.contract },
      types: {
        Claim: [
          { name: 'issuer', type: 'address' },
          { name: 'edition', type: 'uint64' },
          { name: 'serial', type: 'uint32' },
          { name: 'recipient', type: 'address' },
          { name: 'deadline', type: 'uint64' },
        ],
      },
      primaryType: 'Claim',
      message: {
        issuer: `0x${BigInt(piece(serial).token_id).toString(16).padStart(64, '0').slice(0, 40)}`,
        edition: (BigInt(piece(serial).token_id) >> 32n) & 0xffffffffffffffffn,
        serial,
        recipient: recipient as Hex,
        deadline,
      },
    });
  }

  /** Claims by a transaction of somebody else's, ahead of ours: the same proof, another recipient. */
  async function sentWithoutUs(serial: number, key: Hex): Promise<Hex> {
    const account = privateKeyToAccount(generatePrivateKey());
    await app.chain.rpc('anvil_setBalance', [account.address, '0xde0b6b3a7640000']);
    const [row] = await app.database.query<{ data: Hex }>(
      `select c.data from chain_call c join certificate_claim k on k.id = c.subject_id
        where c.purpose = 'claim' and k.certificate_id = $1`,
      [piece(serial).id],
    );
    const { args } = decodeFunctionData({ abi: collectorReceiptsAbi, data: row?.data ?? '0x' });
    const [ours] = args as readonly [{ readonly deadline: bigint }];
    const claimSignature = signDigest(key, await digestOf(serial, account.address, ours.deadline));
    const theirs = { ...ours, recipient: account.address, claimSignature };
    const data = encodeFunctionData({
      abi: collectorReceiptsAbi,
      functionName: 'claim',
      args: [theirs as never],
    });
    const raw = await account.signTransaction({
      ...{ chainId: 31337, to: app.chain.contract, data, nonce: 0, gas: 300_000n },
      ...{ maxFeePerGas: 10n ** 11n, maxPriorityFeePerGas: 10n ** 11n },
    });
    await app.chain.rpc('eth_sendRawTransaction', [raw]);
    return account.address;
  }
});
