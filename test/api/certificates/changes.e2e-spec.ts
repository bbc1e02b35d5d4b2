import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
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
  type StoredCertificate,
} from '../../support/builders/certificates.js';
import { outbox, whileNothingIsSent } from '../../support/builders/chain.js';
import { claimIn, claimed, sealedKeyOf, signedClaim } from '../../support/builders/claims.js';
import { aCoop, aMember, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { START, type TestRun } from '../../support/builders/production.js';
import { createOwnChain, type TestChain } from '../../support/chain.js';
import { until } from '../../support/until.js';

interface Answer {
  readonly __typename: string;
  readonly message?: string;
  readonly serials?: number[];
  readonly withdrawal?: { readonly id: string; readonly certificateIds: string[] };
  readonly replacement?: { readonly id: string; readonly claimKey: string };
}

interface ListedPage {
  readonly edges: readonly {
    readonly node: {
      readonly serial: number;
      readonly replacements: readonly object[];
      readonly withdrawal: object | null;
    };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const REVOKE = `mutation ($input: RevokeCertificatesInput!) { revokeCertificates(input: $input) { __typename
  ... on Refusal { message } ... on NotAnchoredYet { serials } ... on WithdrawnBefore { serials }
  ... on CertificatesRevoked { withdrawal { id reason words certificateIds } } } }`;
const REPLACE = `mutation ($input: ReplaceCertificateInput!) { replaceCertificate(input: $input) { __typename
  ... on Refusal { message } ... on CertificateReplaced { replacement { id reason words claimKey } } } }`;
const SHOWN = `query ($coopId: ID!, $id: ID!) { certificate(coopId: $coopId, id: $id) {
  replacements { id recordedAt words } withdrawal { reason words recordedAt transactionHash } } }`;

const PIECES = 6;
const anAddress = (): string => privateKeyToAccount(generatePrivateKey()).address;

describe('changes of certificates that are anchored', () => {
  let app: TestApp;
  let chain: TestChain;
  let coop: TestCoop;
  let run: TestRun;
  let pieces: StoredCertificate[];
  let before: unknown;
  const stops: (() => Promise<unknown>)[] = [];
  const idOf = (serial: number): string => pieces[serial - 1]?.id ?? 'missing';
  const base = { words: 'The title was misspelt.', newClaimKey: false };

  const revoke = async (serials: readonly number[], changes: object = {}): Promise<Answer> => {
    const ids = { coopId: coop.coopId, certificateIds: serials.map(idOf), requestId: randomUUID() };
    const input = { ...ids, reason: 'DEFECTIVE', words: 'The glaze cracks.', ...changes };
    return (await app.gql<{ revokeCertificates: Answer }>(REVOKE, { input }, coop.admin)).revokeCertificates;
  };
  const replace = async (serial: number, changes: object = {}): Promise<Answer> => {
    const ids = { coopId: coop.coopId, certificateId: idOf(serial), requestId: randomUUID() };
    const input = { ...ids, ...base, reason: 'WRONG_DETAILS', ...changes };
    return (await app.gql<{ replaceCertificate: Answer }>(REPLACE, { input }, coop.admin)).replaceCertificate;
  };
  const listedAfter = async (after: string | null): Promise<ListedPage> =>
    (
      await app.gql<{ certificates: ListedPage }>(
        `query ($coopId: ID!, $editionId: ID!, $after: String) {
          certificates(coopId: $coopId, editionId: $editionId, first: 4, after: $after) {
            edges { node { serial replacements { id } withdrawal { id } } } pageInfo { hasNextPage endCursor } } }`,
        { coopId: coop.coopId, editionId: run.editionId, after },
        coop.admin,
      )
    ).certificates;
  const word = async (serial: number): Promise<string> =>
    (await verified(app, { gtin: run.gtin, serial })).word;
  const reads = (serial: number, expected: string): Promise<unknown> =>
    until(`No. ${String(serial)} to read ${expected}`, async () => (await word(serial)) === expected);

  beforeAll(async () => {
    chain = await createOwnChain();
    stops.push(() => chain.close());
    app = await startTestApp({ chain, env: { CHECKS_PER_MINUTE: '10000', CLAIMS_PER_MINUTE: '1000' } });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    const made = await aMadeRun(app, coop, [PIECES]);
    run = made;
    await app.nest.get(JobRunner).start();
    await passAll(app, made);
    await until('the batch', async () => (await batchesOf(app, run.editionId)).length === 1);
    pieces = await certificatesOf(app, run.editionId);
    // Making the pieces has taken longer than a token lives.
    coop = { ...coop, admin: { ...coop.admin, token: await signedIn(app, coop.admin.email) } };
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('are refused until the batch is anchored', async () => {
    expect(await revoke([1, 2])).toMatchObject({ __typename: 'NotAnchoredYet', serials: [1, 2] });
    expect((await replace(1)).__typename).toBe('NotAnchoredYet');
    const publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    await until(
      'the batch to be anchored',
      async () => (await batchesOf(app, run.editionId))[0]?.state === 'anchored',
    );
    await allFinal(app, coop.coopId);
    before = await chain.rpc('evm_snapshot');
  });

  it('withdraw many by one call, with the reason, for good', async () => {
    const answer = await revoke([1, 2]);
    expect(answer).toMatchObject({
      __typename: 'CertificatesRevoked',
      withdrawal: {
        reason: 'DEFECTIVE',
        words: 'The glaze cracks.',
        certificateIds: [idOf(1), idOf(2)].sort(),
      },
    });
    await reads(1, 'WITHDRAWN');
    await reads(2, 'WITHDRAWN');
    expect(await word(3)).toBe('GENUINE');
    // The chain is read for a verdict, and may know before the database does.
    await allFinal(app, coop.coopId);
    const verdict = await verified(app, { certificateId: idOf(1) });
    expect(JSON.stringify(verdict.axes)).toContain('reason 3');
    expect((await outbox(app, coop.coopId)).filter(({ purpose }) => purpose === 'revoke')).toHaveLength(1);
    const { certificate } = await app.gql<{ certificate: { withdrawal: Record<string, unknown> } }>(SHOWN, {
      coopId: coop.coopId,
      id: idOf(2),
    });
    expect(certificate.withdrawal).toMatchObject({
      words: 'The glaze cracks.',
      recordedAt: expect.stringMatching(/^\d{4}/),
      transactionHash: expect.stringMatching(/^0x/),
    });
    expect(await revoke([1, 3])).toMatchObject({ __typename: 'WithdrawnBefore', serials: [1] });
    expect((await replace(1)).__typename).toBe('WithdrawnBefore');
    const claim = await signedClaim(app, idOf(1), anAddress(), await sealedKeyOf(app, idOf(1)));
    expect((await claimed(app, claim)).__typename).toBe('CertificateIsWithdrawn');
  });

  it('replace a certificate: the new one is genuine, the old file reads SUPERSEDED, the sealed key stays', async () => {
    const old = await bundleOf(app, idOf(3));
    expect(await replace(3)).toMatchObject({
      __typename: 'CertificateReplaced',
      replacement: { reason: 'WRONG_DETAILS', words: base.words },
    });
    await until(
      'the old file to read SUPERSEDED',
      async () => (await verified(app, { bundle: old })).word === 'SUPERSEDED',
    );
    await reads(3, 'GENUINE');
    expect(await bundleOf(app, idOf(3))).not.toBe(old);
    expect((await verified(app, { bundle: await bundleOf(app, idOf(3)) })).certificateId).toBe(idOf(3));
    const claim = await signedClaim(app, idOf(3), anAddress(), await sealedKeyOf(app, idOf(3)));
    await claimIn(app, (await claimed(app, claim)).claim?.id ?? '', 'CLAIMED');
  });

  it('give a piece whose card is lost another sealed key, and the old one opens nothing', async () => {
    const lost = await sealedKeyOf(app, idOf(4));
    await replace(4, { newClaimKey: true, reason: 'CLAIM_KEY_LOST' });
    await until('another sealed key', async () => (await sealedKeyOf(app, idOf(4))) !== lost);
    const stale = await signedClaim(app, idOf(4), anAddress(), lost);
    expect((await claimed(app, stale)).__typename).toBe('ClaimKeyWrong');
    const fresh = await signedClaim(app, idOf(4), anAddress(), await sealedKeyOf(app, idOf(4)));
    await claimIn(app, (await claimed(app, fresh)).claim?.id ?? '', 'CLAIMED');
    expect((await replace(4, { newClaimKey: true })).__typename).toBe('ClaimKeyUsed');
    expect((await replace(4)).__typename).toBe('CertificateReplaced');
  });

  it('are listed for the console, page by page, with what became of each', async () => {
    const listed: unknown[] = [];
    let page = await listedAfter(null);
    for (;;) {
      for (const { node } of page.edges)
        listed.push([node.serial, node.replacements.length, node.withdrawal !== null]);
      if (!page.pageInfo.hasNextPage) break;
      page = await listedAfter(page.pageInfo.endCursor);
    }
    expect(listed).toEqual([
      [1, 0, true],
      [2, 0, true],
      [3, 1, false],
      [4, 2, false],
      [5, 0, false],
      [6, 0, false],
    ]);
  });

  it.each([
    ['no words', { words: '  ' }, 'InputRefused'],
    ['a piece of nobody', { certificateIds: [randomUUID()], certificateId: randomUUID() }, 'NotFound'],
    ['an id that is none', { certificateIds: ['x'], certificateId: 'x' }, 'NotFound'],
  ])('are refused for %s', async (_, changes, kind) => {
    const { certificateIds, certificateId, ...rest } = {
      certificateIds: [idOf(5)],
      certificateId: idOf(5),
      ...changes,
    };
    expect((await revoke([], { certificateIds, ...rest })).__typename).toBe(kind);
    expect((await replace(5, { certificateId, ...rest })).__typename).toBe(kind);
  });

  it('are refused for none or too many at a time', async () => {
    expect((await revoke([])).__typename).toBe('InputRefused');
    const certificateIds = Array.from({ length: 101 }, () => randomUUID());
    expect((await revoke([], { certificateIds })).__typename).toBe('InputRefused');
  });

  it('are for admins of the co-op only', async () => {
    const operator = await aMember(app, coop, ['operator']);
    const input = { coopId: coop.coopId, certificateIds: [idOf(5)], reason: 'OTHER', words: 'x' };
    const answer = await app.ask(REVOKE, { input: { ...input, requestId: randomUUID() } }, operator);
    expect(answer.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  describe('at once', () => {
    it('withdraw once when ten ask, and replace once when ten ask', async () => {
      const revoked = await Promise.all(Array.from({ length: 10 }, () => revoke([5])));
      expect(revoked.map((answer) => answer.__typename).sort()).toEqual([
        'CertificatesRevoked',
        ...Array<string>(9).fill('WithdrawnBefore'),
      ]);
      const replaced = await whileNothingIsSent(app, () =>
        Promise.all(Array.from({ length: 10 }, () => replace(6))),
      );
      expect(replaced.filter((answer) => answer.__typename === 'CertificateReplaced')).toHaveLength(1);
      await reads(5, 'WITHDRAWN');
      await reads(6, 'GENUINE');
    });

    it('do one thing when one request comes ten times, and refuse it with another input', async () => {
      const requestId = randomUUID();
      const answers = await Promise.all(Array.from({ length: 10 }, () => revoke([6], { requestId })));
      expect(new Set(answers.map((answer) => answer.withdrawal?.id)).size).toBe(1);
      expect((await revoke([6], { requestId, words: 'Another.' })).__typename).toBe('RequestIdReused');
      await reads(6, 'WITHDRAWN');
    });
  });

  it('are made again after the chain was set back behind them', async () => {
    await allFinal(app, coop.coopId);
    const blocks = new Map((await outbox(app, coop.coopId)).map((call) => [call.id, call.block_hash]));
    expect(await chain.rpc('evm_revert', [before])).toBe(true);
    // Until it is as long as it was, a chain set back cannot be told from a node that lags.
    await chain.mine(500);
    await until('the calls to be taken back', async () =>
      (await outbox(app, coop.coopId)).some((call) => call.block_hash !== blocks.get(call.id)),
    );
    await allFinal(app, coop.coopId);
    for (const [serial, expected] of ['WITHDRAWN', 'WITHDRAWN', 'GENUINE', 'GENUINE', 'WITHDRAWN'].entries())
      await reads(serial + 1, expected);
    expect(await brokenProofs(app)).toEqual({});
  });
});
