import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addressOfKey,
  bundleText,
  coreText,
  decideVerdict,
  factsFromBundle,
  factsFromCheckpoint,
  issueCertificate,
  makeDocument,
  parseBundle,
  parseCheckpoint,
  parseCore,
  positionalTree,
  trustOf,
  type Hex,
  tokenPartsOf,
} from '@touchmark/certificates';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { chainReader, stored } from '../../support/builders/chain.js';
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
import { aCollector, aCoop, type TestCoop } from '../../support/builders/membership.js';
import { START, brokenRules, type TestRun } from '../../support/builders/production.js';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import { until } from '../../support/until.js';

const CERTIFICATE = `query ($coopId: ID!, $id: ID!) { certificate(coopId: $coopId, id: $id) {
  serial tokenId verificationPath edition { id gtin } batch { firstSerial unitCount root state anchoredAt transactionHash } } }`;

describe('the check of a piece', () => {
  let app: TestApp;
  let publisher: INestApplicationContext;
  const stops: (() => Promise<unknown>)[] = [];
  let coop: TestCoop;
  let run: TestRun;
  let second: StoredCertificate;
  let bundle: string;

  beforeAll(async () => {
    // Its clock stands still, so all its checks fall into one minute.
    app = await startTestApp({ env: { CHECKS_PER_MINUTE: '1000' } });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    const made = await aMadeRun(app, coop, [2, 1]);
    run = made;
    await app.nest.get(JobRunner).start();
    publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    await passAll(app, made);
    await until('three certificates', async () => (await certificatesOf(app, run.editionId)).length === 3);
    await until(
      'the batch to be anchored',
      async () => (await batchesOf(app, run.editionId))[0]?.state === 'anchored',
    );
    const [, certificate] = await certificatesOf(app, run.editionId);
    if (certificate === undefined) throw new Error('Expected a second certificate.');
    second = certificate;
    await allFinal(app, coop.coopId);
    bundle = await bundleOf(app, second.id);
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('finds a piece genuine by what is printed on it, by its certificate, its token and its file', async () => {
    const ways = [
      { gtin: run.gtin, serial: 2 },
      { certificateId: second.id },
      { tokenId: second.token_id },
      { bundle },
    ];
    for (const way of ways) {
      const verdict = await verified(app, way);
      expect([verdict.word, verdict.certificateId, verdict.asOf?.finality]).toEqual([
        'GENUINE',
        second.id,
        'final',
      ]);
      expect(verdict.piece).toMatchObject({
        title: 'Heron',
        serial: 2,
        size: 50,
        made: 3,
        coopName: 'Test Co-op',
      });
    }
  });

  it('hands out a bundle that proves itself with the network unplugged, given the hash of a block', async () => {
    const read = parseBundle(bundle);
    if (read.kind === 'BundleRefused' || read.provenBlock === null) throw new Error('Expected a proof.');
    const { chainId, contract, issuer } = read.bundle;
    const blockNumber = BigInt(read.provenBlock.number);
    const { hash: blockHash } = await chainReader(app.chain).getBlock({ blockNumber });
    const root = { chainId, contract, codeHash: null, issuer, blockHash };
    const chainFacts = factsFromBundle(root, read);
    expect(decideVerdict({ bundle: read, chainFacts, trust: trustOf(root) }).verdict).toBe('GENUINE');
    const elsewhere = factsFromBundle({ ...root, blockHash: `0x${'11'.repeat(32)}` }, read);
    const { verdict } = decideVerdict({ bundle: read, chainFacts: elsewhere, trust: trustOf(root) });
    expect(verdict).toBe('UNDETERMINED');
  });

  it('hands out the checkpoint of an edition, by which a code is judged with the network unplugged', async () => {
    const { editionCheckpoint } = await app.gql<{ editionCheckpoint: string }>(
      'query ($gtin: String!) { editionCheckpoint(gtin: $gtin) }',
      { gtin: run.gtin },
    );
    const [whole, checkpoint] = [parseBundle(bundle), parseCheckpoint(editionCheckpoint)];
    if (whole.kind === 'BundleRefused' || checkpoint.kind === 'BundleRefused')
      throw new Error('Expected both.');
    const core = parseCore(coreText(whole.bundle));
    if (core.kind === 'BundleRefused') throw new Error(core.message);
    const { chainId, contract, issuer } = whole.bundle;
    const root = { chainId, contract, codeHash: null, issuer, blockHash: checkpoint.provenBlock.hash };
    const chainFacts = factsFromCheckpoint(root, checkpoint, core);
    expect(decideVerdict({ bundle: core, chainFacts, trust: trustOf(root) }).verdict).toBe('GENUINE');
    expect(await app.ask('{ editionCheckpoint(gtin: "4006381333931") }')).toMatchObject({
      data: { editionCheckpoint: null },
    });
  });

  it('tells how the piece was made, as it was signed', async () => {
    const { piece } = await verified(app, { certificateId: second.id });
    const texts = (piece?.['history'] as { text: string }[]).map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Print, .* \d$/), 'Inspection passed']),
    );
  });

  it('anchors under the root that anybody builds from the published leaves', async () => {
    const { batchLeaves } = await app.gql<{ batchLeaves: { root: Hex; leaves: Hex[]; digests: Hex[] } }>(
      `query ($coopId: ID!, $editionId: ID!) { batchLeaves(coopId: $coopId, editionId: $editionId, firstSerial: 1) {
        root leaves digests } }`,
      { coopId: coop.coopId, editionId: run.editionId },
    );
    expect(positionalTree(batchLeaves.leaves).root).toBe(batchLeaves.root);
    const anchored = await chainReader(app.chain).getContractEvents({
      abi: collectorReceiptsAbi,
      address: app.chain.contract,
      eventName: 'BatchAnchored',
      fromBlock: 0n,
      strict: true,
    });
    expect(
      anchored.map(({ args }) => [tokenPartsOf(args.firstTokenId).serial, args.count, args.root]),
    ).toEqual([[1, 3, batchLeaves.root]]);
    expect(batchLeaves.digests[1]).toBe(second.digest);
  });

  it('shows a certificate with its printed path and the transaction of its batch', async () => {
    const { certificate } = await app.gql<{ certificate: Record<string, unknown> }>(CERTIFICATE, {
      coopId: coop.coopId,
      id: second.id,
    });
    expect(certificate).toMatchObject({
      serial: 2,
      tokenId: second.token_id,
      verificationPath: `/01/${run.gtin}/21/2`,
      edition: { id: run.editionId, gtin: run.gtin },
      batch: {
        firstSerial: 1,
        unitCount: 3,
        state: 'ANCHORED',
        transactionHash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      },
    });
  });

  it('shows a buyer the certificates of their pieces', async () => {
    const [order] = run.orders;
    const { token } = await aCollector(app, order?.buyer.email);
    const answer = await app.gql<{ order: { units: { gtin: string; certificateId: string }[] } }>(
      'query ($coopId: ID!, $id: ID!) { order(coopId: $coopId, id: $id) { units { gtin certificateId } } }',
      { coopId: coop.coopId, id: order?.orderId },
      { token },
    );
    const [first] = await certificatesOf(app, run.editionId);
    expect(answer.order.units).toEqual([
      { gtin: run.gtin, certificateId: first?.id },
      { gtin: run.gtin, certificateId: second.id },
    ]);
  });

  it('closes the edition on chain at what was really made', async () => {
    const [row] = await app.database.query<{ address: Hex }>(
      'select address from issuer where coop_id = $1',
      [coop.coopId],
    );
    const edition = (BigInt(second.token_id) >> 32n) & ((1n << 64n) - 1n);
    const [, size, anchored] = await stored(app.chain, 'editionOf', [row?.address, edition]);
    expect([size, anchored]).toEqual([3, 3]);
  });

  it('does not find a serial genuine that was never made', async () => {
    const verdict = await verified(app, { gtin: run.gtin, serial: 4 });
    expect([verdict.word, verdict.piece]).toEqual(['UNDETERMINED', null]);
    expect(verdict.notProven[0]).toBe('No certificate of serial 4 was issued in this edition.');
  });

  it('keeps its invariants', async () => {
    expect(await brokenProofs(app)).toEqual({});
    expect(await brokenRules(app)).toEqual({});
  });

  describe('given a bad bundle', () => {
    it.each([
      ['that is empty', '', 'INPUT_EMPTY'],
      ['that is not JSON', 'certificate', 'INPUT_NOT_JSON'],
      ['of another kind', '{"format":"other/1"}', 'UNKNOWN_FORMAT'],
      ['that is too large', ' '.repeat(300_000), 'INPUT_TOO_LARGE'],
    ])('answers NOT_GENUINE to one %s and says why', async (_, text, reasonName) => {
      const verdict = await verified(app, { bundle: text });
      expect([verdict.word, verdict.axes[0]?.reasonName]).toEqual(['NOT_GENUINE', reasonName]);
    });

    it('is never genuine with one flipped byte, wherever it is', async () => {
      const bytes = Buffer.from(bundle);
      const words = new Set<string>();
      const step = Math.ceil(bytes.length / 60);
      for (let place = 0; place < bytes.length; place += step) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(place) ^ 1, place);
        words.add((await verified(app, { bundle: flipped.toString('latin1') })).word);
      }
      expect([...words]).not.toContain('GENUINE');
    });

    it('refuses 5 MB with a plain answer and goes on', async () => {
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'query', variables: { bundle: 'x'.repeat(5_000_000) } }),
      });
      expect(response.status).toBe(413);
      expect(await response.text()).toMatch(/large/i);
      expect((await verified(app, { bundle })).word).toBe('GENUINE');
    });

    it('is never genuine when an issuer that nobody knows made it', async () => {
      const read = parseBundle(bundle);
      if (read.kind !== 'BundleRead') throw new Error(read.message);
      const key: Hex = `0x${'11'.repeat(32)}`;
      const forged = issueCertificate(
        {
          home: { chainId: read.bundle.chainId, contract: read.bundle.contract },
          token: { issuer: addressOfKey(key), edition: 7n, serial: 2 },
          document: read.bundle.document,
          claimKey: read.bundle.claimKey,
        },
        key,
      );
      expect((await verified(app, { bundle: bundleText(forged) })).word).toBe('NOT_GENUINE');
    });

    it('is not genuine when a stranger signs a second certificate of an anchored serial', async () => {
      const read = parseBundle(bundle);
      if (read.kind !== 'BundleRead') throw new Error(read.message);
      const { chainId, contract, issuer, edition, serial, claimKey } = read.bundle;
      const document = makeDocument([{ path: 'what.title', salt: `0x${'22'.repeat(32)}`, value: 'Another' }]);
      const certificate = {
        home: { chainId, contract },
        token: { issuer, edition: BigInt(edition), serial },
        document,
        claimKey,
      };
      const verdict = await verified(app, {
        bundle: bundleText(issueCertificate(certificate, `0x${'33'.repeat(32)}`)),
      });
      expect([verdict.word, verdict.certificateId]).toEqual(['NOT_GENUINE', null]);
    });
  });

  it('checks for one network so often in a minute, and says of more in plain words that it did not', async () => {
    const busy = await startTestApp({ chain: app.chain, env: { CHECKS_PER_MINUTE: '3' } });
    try {
      await busy.clock.freeze(START);
      const changed = { bundle: bundle.replace('Heron', 'Horen') };
      const verdicts = await Promise.all(Array.from({ length: 20 }, () => verified(busy, changed)));
      const words = verdicts.map(({ word }) => word).sort();
      expect(words).toEqual([
        ...Array<string>(3).fill('NOT_GENUINE'),
        ...Array<string>(17).fill('UNDETERMINED'),
      ]);
      const refused = verdicts.find(({ word }) => word === 'UNDETERMINED');
      expect([refused?.asOf, refused?.notProven[0]]).toEqual([
        null,
        'This was not checked, and nothing is known to be wrong: more than 3 checks came from your network within a minute. Ask again in 60 seconds.',
      ]);
      // What is known and what is not are answered alike, and both apart from a number that nobody knows.
      const askedAgain = { gtin: run.gtin, serial: 1 };
      for (const input of [changed, askedAgain, { ...askedAgain, serial: 999 }])
        expect(await verified(busy, input)).toMatchObject({ word: 'UNDETERMINED', retryAfterSeconds: 60 });
      // Null would say that no such edition stands on chain.
      const checkpoint = await busy.ask(`{ editionCheckpoint(gtin: "${run.gtin}") }`);
      expect(checkpoint.errors.map(({ message, extensions }) => [message, extensions?.code])).toEqual([
        [expect.stringContaining('This was not checked, and nothing is known to be wrong'), 'TRY_AGAIN'],
      ]);
      await busy.clock.step(60_000);
      expect(await verified(busy, changed)).toMatchObject({ word: 'NOT_GENUINE', retryAfterSeconds: null });
      const unknown = await verified(busy, { ...askedAgain, serial: 999 });
      expect(unknown).toMatchObject({ word: 'UNDETERMINED', retryAfterSeconds: null });
    } finally {
      await busy.stop();
    }
  });

  describe('given a bad question', () => {
    it.each([
      ['nothing', {}],
      ['two ways at once', { tokenId: '1', bundle: '{}' }],
      ['a gtin without serial', { gtin: '4012345678901' }],
      ['a gtin with a wrong check digit', { gtin: '4012345678900', serial: 1 }],
      ['serial 0', { gtin: '4006381333931', serial: 0 }],
      ['a token that is no number', { tokenId: 'seven' }],
      ['a token above 256 bits', { tokenId: `0x1${'00'.repeat(32)}` }],
    ])('refuses %s', async (_, input) => {
      const { errors } = await app.ask('query ($input: VerifyInput!) { verify(input: $input) { word } }', {
        input,
      });
      expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    });

    it('knows no certificate under a malformed or unknown id', async () => {
      for (const certificateId of ['x', coop.coopId])
        expect(await verified(app, { certificateId })).toMatchObject({
          word: 'UNDETERMINED',
          certificateId: null,
        });
      const { data } = await app.ask('{ certificateBundle(certificateId: "x") }');
      expect(data).toEqual({ certificateBundle: null });
    });
  });
});
