import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Hex } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import { decodeFunctionData } from 'viem';
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
  verified,
} from '../../support/builders/certificates.js';
import { chainReader, stored } from '../../support/builders/chain.js';
import { anEdition } from '../../support/builders/catalog.js';
import { claimIn, claimed, prepared, sealedKeyOf, signedClaim } from '../../support/builders/claims.js';
import { aCoop, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { type DropAnswer, DAY_MS, OPEN_DROP } from '../../support/builders/orders.js';
import { START, ask } from '../../support/builders/production.js';
import { until } from '../../support/until.js';

const COSIGN_DAYS = 30;

describe('a claim of an edition whose claims are co-signed for a while', () => {
  let app: TestApp;
  let coop: TestCoop;
  let run: Awaited<ReturnType<typeof aMadeRun>>;
  let pieces: StoredCertificate[];
  const stops: (() => Promise<unknown>)[] = [];
  const piece = (serial: number): StoredCertificate => {
    const found = pieces[serial - 1];
    if (found === undefined) throw new Error(`Expected a piece with serial ${String(serial)}.`);
    return found;
  };
  const recipient = privateKeyToAccount(generatePrivateKey()).address;
  const admin = async () => ({ token: await signedIn(app, coop.admin.email) });
  /** Opens a drop of a new edition; `stored` is the app whose database holds it. */
  const open = async (on: TestApp, who: TestCoop, changes: object, stored = on): Promise<DropAnswer> => {
    const { coopId, editionId } = await anEdition(on, who);
    const closesAt = new Date((await stored.clock.now()).getTime() + 7 * DAY_MS).toISOString();
    const input = { coopId, editionId, closesAt, requestId: randomUUID(), ...changes };
    return (await on.gql<{ openDrop: DropAnswer }>(OPEN_DROP, { input }, who.admin)).openDrop;
  };

  beforeAll(async () => {
    app = await startTestApp();
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    run = await aMadeRun(app, coop, [1, 1], { cosignDays: COSIGN_DAYS });
    await app.nest.get(JobRunner).start();
    const publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    await passAll(app, run);
    await until(
      'the batch to be anchored',
      async () => (await batchesOf(app, run.editionId))[0]?.state === 'anchored',
    );
    pieces = await certificatesOf(app, run.editionId);
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it.each([-1, 181])('is not arranged for %i days', async (cosignDays) => {
    const fresh = await aCoop(app);
    expect(await open(app, fresh, { cosignDays })).toMatchObject({
      __typename: 'InputRefused',
      field: 'cosignDays',
    });
  });

  it('is not arranged where no key for it was put in place, where all else is as it was', async () => {
    const keysDir = mkdtempSync(join(tmpdir(), 'touchmark-no-cosigner-'));
    cpSync(app.chain.keysDir, keysDir, { recursive: true });
    rmSync(join(keysDir, 'cosigner.key'));
    const without = await startTestApp({ chain: { ...app.chain, keysDir } });
    const fresh = await aCoop(without);
    expect(await open(without, fresh, { cosignDays: 1 })).toMatchObject({
      field: 'cosignDays',
      message: expect.stringContaining('No co-signer key'),
    });
    expect((await open(without, fresh, {})).__typename).toBe('DropOpening');
    await without.stop();
    rmSync(keysDir, { recursive: true });
  });

  it('has the co-signer named on chain once, and listed with the keys of the issuer', async () => {
    await allFinal(app, coop.coopId);
    const cosigner = app.chain.accounts.cosigner.address;
    const issuer = `0x${BigInt(piece(1).token_id).toString(16).padStart(64, '0').slice(0, 40)}`;
    expect((await stored(app.chain, 'issuerOf', [issuer]))[2]).toBe(cosigner);
    const { keysOfIssuer } = await app.gql<{ keysOfIssuer: { edges: { node: Record<string, unknown> }[] } }>(
      'query ($id: ID!) { keysOfIssuer(coopId: $id) { edges { node { purpose address validFrom } } } }',
      { id: coop.coopId },
    );
    expect(keysOfIssuer.edges.map(({ node }) => node)).toContainEqual({
      ...{ purpose: 'CO_SIGNER', address: cosigner.toLowerCase() },
      validFrom: expect.stringMatching(/^\d{4}-/),
    });
  });

  it('waits, in plain words, until the piece was handed over', async () => {
    const [{ cosign_until: until, anchored_at: anchoredAt } = { cosign_until: START, anchored_at: START }] =
      await app.database.query<{ cosign_until: Date; anchored_at: Date }>(
        'select cosign_until, anchored_at from anchor_batch where edition_id = $1',
        [run.editionId],
      );
    const days = (until.getTime() - anchoredAt.getTime()) / DAY_MS;
    expect([days > COSIGN_DAYS - 1, days <= COSIGN_DAYS]).toEqual([true, true]);
    const preparation = await prepared(app, piece(1).id, recipient);
    expect(preparation?.obstacle).toContain('second signature of its maker until');
    expect(preparation?.obstacle).toContain('handed over');
    const claim = await signedClaim(app, piece(1).id, recipient, await sealedKeyOf(app, piece(1).id));
    expect((await claimed(app, claim)).__typename).toBe('NotClaimableYet');
  });

  it('is co-signed once it was, and the contract takes it with that signature only', async () => {
    const [order] = run.orders;
    const operator = { token: await signedIn(app, run.operator.email) };
    const handed = await ask(app, operator, 'handOver', { coopId: coop.coopId, orderId: order?.orderId });
    expect(handed.__typename).toBe('OrderHandedOver');
    const [mine] = await app.database.query<{ serial: number }>(
      'select serial from unit where order_id = $1',
      [order?.orderId],
    );
    const serial = mine?.serial ?? 0;
    const { id } = piece(serial);
    const claim = await signedClaim(app, id, recipient, await sealedKeyOf(app, id));
    const stranger = { ...claim, recipient: privateKeyToAccount(generatePrivateKey()).address };
    expect((await claimed(app, stranger)).__typename).toBe('ClaimKeyWrong');
    const longAgo = { ...claim, deadline: '1969-12-31T23:59:59Z', requestId: randomUUID() };
    expect(await claimed(app, longAgo)).toMatchObject({ __typename: 'InputRefused' });
    const answer = await claimed(app, claim);
    expect(answer).toMatchObject({ __typename: 'ClaimRelayed' });
    expect(await refusalWithoutCoSignature(id)).toContain('ClaimInvalid');
    await claimIn(app, answer.claim?.id ?? '', 'CLAIMED');
    const owner = await chainReader(app.chain).readContract({
      abi: collectorReceiptsAbi,
      address: app.chain.contract,
      functionName: 'ownerOf',
      args: [BigInt(piece(serial).token_id)],
    });
    expect(owner).toBe(recipient);
    expect(
      (await claimed(app, { ...claim, certificateId: piece(3 - serial).id, requestId: randomUUID() }))
        .__typename,
    ).toBe('NotClaimableYet');
  });

  it('is told as it goes from block to final block, in the console too', async () => {
    await allFinal(app, coop.coopId);
    const { editionAnchorings } = await app.gql<{ editionAnchorings: { edges: { node: object }[] } }>(
      `query ($id: ID!) { editionAnchorings(coopId: $id, first: 5) { edges { node { id size cosignDays opening closing sold
        made anchored final objectionSeconds nextStep newestBatch { firstSerial unitCount state } } } } }`,
      { id: coop.coopId },
      await admin(),
    );
    expect(editionAnchorings.edges.map(({ node }) => node)).toEqual([
      {
        ...{ id: run.editionId, size: 50, cosignDays: COSIGN_DAYS, opening: 'FINALIZED' },
        ...{ sold: 2, made: 2, anchored: 2, final: 2, objectionSeconds: 0 },
        ...{ closing: expect.anything(), nextStep: 'DONE' },
        newestBatch: { firstSerial: 1, unitCount: 2, state: 'ANCHORED' },
      },
    ]);
    const counts: Record<string, number> = {};
    for (const standing of ['WAITING', 'ANCHORED', 'CLAIMED', 'WITHDRAWN', 'REPLACED'])
      counts[standing] = await countOf(standing);
    expect(counts).toEqual({ WAITING: 0, ANCHORED: 1, CLAIMED: 1, WITHDRAWN: 0, REPLACED: 0 });
    for (const { id } of pieces)
      await until(
        'it to be genuine',
        async () => (await verified(app, { certificateId: id })).word === 'GENUINE',
      );
    expect(await brokenProofs(app)).toEqual({});
  });

  it('is not arranged where the key in place is another than the issuer has named, since that could sign nothing', async () => {
    const keysDir = mkdtempSync(join(tmpdir(), 'touchmark-other-cosigner-'));
    cpSync(app.chain.keysDir, keysDir, { recursive: true });
    writeFileSync(join(keysDir, 'cosigner.key'), generatePrivateKey());
    const env = { DATABASE_URL: app.database.url };
    const other = await startTestApp({ chain: { ...app.chain, keysDir }, env });
    try {
      const signed = { ...coop, admin: { ...coop.admin, ...(await admin()) } };
      expect(await open(other, signed, { cosignDays: 1 }, app)).toMatchObject({
        field: 'cosignDays',
        message: expect.stringContaining('another than this co-op has named'),
      });
      expect((await open(other, signed, {}, app)).__typename).toBe('DropOpening');
    } finally {
      await other.stop();
      rmSync(keysDir, { recursive: true });
    }
  });

  async function countOf(standing: string): Promise<number> {
    const { certificates } = await app.gql<{
      certificates: { edges: { node: { claimedSince: string | null; batch: { chainState: string } } }[] };
    }>(
      `query ($coopId: ID!, $editionId: ID!, $standing: CertificateStanding) { certificates(coopId: $coopId,
        editionId: $editionId, standing: $standing, first: 10) { edges { node { claimedSince batch { chainState } } } } }`,
      { coopId: coop.coopId, editionId: run.editionId, standing },
      await admin(),
    );
    for (const { node } of certificates.edges) {
      expect(node.batch.chainState).toBe('FINALIZED');
      expect(node.claimedSince !== null).toBe(standing === 'CLAIMED');
    }
    return certificates.edges.length;
  }

  /** What the contract says to the very call of ours, had the co-signer not signed. */
  async function refusalWithoutCoSignature(certificateId: string): Promise<string> {
    const [row] = await app.database.query<{ data: Hex }>(
      `select c.data from chain_call c join certificate_claim k on k.id = c.subject_id
        where c.purpose = 'claim' and k.certificate_id = $1`,
      [certificateId],
    );
    const { args } = decodeFunctionData({ abi: collectorReceiptsAbi, data: row?.data ?? '0x' });
    const [ours] = args as readonly [{ readonly coSignature: Hex }];
    expect(ours.coSignature).toHaveLength(132);
    return chainReader(app.chain)
      .simulateContract({
        abi: collectorReceiptsAbi,
        address: app.chain.contract,
        functionName: 'claim',
        args: [{ ...ours, coSignature: '0x' } as never],
      })
      .then(
        () => 'taken',
        (error: unknown) => String(error),
      );
  }
});
