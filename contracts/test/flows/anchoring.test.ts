import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { encodeAbiParameters, keccak256, numberToHex, type Hex } from 'viem';

import { seeded, tokenIdOf } from '../../scripts/vectors/format.ts';
import { anchor, anchorArguments, certificate, compact, signAnchor } from '../support/batch.ts';
import { refused } from '../support/refusal.ts';
import { DAY, keys, startScene } from '../support/scene.ts';

const HIGHEST_LOW_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const HIGHEST_BIT = 2n ** 255n;

describe('anchoring', () => {
  it('takes batches in order up to the size, sent by anyone with the publisher signature', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ size: 8 });
    const first = await anchor(scene, edition, 1, 5);
    await anchor(scene, edition, 6, 3);
    const [, size, anchored] = await scene.receipts.read.editionOf([scene.issuer, edition]);
    assert.deepEqual([size, anchored], [8, 8]);
    const commitment = keccak256(
      encodeAbiParameters(
        [{ type: 'bytes32' }, { type: 'uint32' }, { type: 'uint64' }, { type: 'uint32' }],
        [first.root, 5, first.time, 0],
      ),
    );
    assert.equal(await scene.receipts.read.batchOf([scene.issuer, edition, 1]), commitment);
    const [event] = await scene.receipts.getEvents.BatchAnchored({}, { fromBlock: 0n });
    assert.deepEqual(event?.args, {
      firstTokenId: tokenIdOf(scene.issuer, edition, 1),
      count: 5,
      root: first.root,
      cosignUntil: 0,
    });
  });

  it('takes a batch that the publisher itself sends without a signature, and from nobody else', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    await scene.asIssuer.write.setPublisher([scene.collector]);
    const firstTokenId = tokenIdOf(scene.issuer, edition, 1);
    const batch = [firstTokenId, 1, seeded('root'), 0, ...compact(null)] as const;
    await refused(scene.receipts.write.anchor(batch), 'NotPublisher');
    await scene.asCollector.write.anchor(batch);
    assert.equal((await scene.receipts.read.editionOf([scene.issuer, edition]))[2], 1);
  });

  it('refuses the same batch sent twice, a gap, an empty batch and one beyond the size', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ size: 6 });
    const sent = await anchorArguments(scene, edition, 1, 5);
    await scene.receipts.write.anchor(sent);
    assert.deepEqual(await refused(scene.receipts.write.anchor(sent), 'AnchorOutOfOrder'), [1, 6]);
    const gap = await anchorArguments(scene, edition, 7, 1);
    assert.deepEqual(await refused(scene.receipts.write.anchor(gap), 'AnchorOutOfOrder'), [7, 6]);
    const none = await anchorArguments(scene, edition, 6, 0);
    assert.deepEqual(await refused(scene.receipts.write.anchor(none), 'CountInvalid'), [0, 1n]);
    const over = await anchorArguments(scene, edition, 6, 2);
    assert.deepEqual(await refused(scene.receipts.write.anchor(over), 'CountInvalid'), [2, 1n]);
  });

  it('refuses a batch after the anchoring time and in an edition that was never opened', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ anchorForSeconds: DAY });
    const late = await anchorArguments(scene, edition, 1, 1);
    await scene.step(DAY + 1);
    await refused(scene.receipts.write.anchor(late), 'AnchoringEnded');
    const unknown = await anchorArguments(scene, 7n, 1, 1);
    await refused(scene.receipts.write.anchor(unknown), 'EditionUnknown');
  });

  it('refuses signatures of another key, chain and contract, with a high s and with an impossible r', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const [first, count, root, cosignUntil, r, vs] = await anchorArguments(scene, edition, 1, 2);
    const words = (...signature: readonly [r: Hex, vs: Hex]) =>
      scene.receipts.write.anchor([first, count, root, cosignUntil, ...signature]);
    const send = (signature: Hex) => words(...compact(signature));
    const facts = { firstSerial: 1, count, root, cosignUntil };
    const stranger = await signAnchor(scene, edition, facts, keys.stranger);
    assert.deepEqual(await refused(send(stranger), 'NotPublisher'), [
      keys.stranger.address,
      keys.publisher.address,
    ]);
    const elsewhere = { ...scene, address: scene.issuer };
    await refused(send(await signAnchor(elsewhere, edition, facts)), 'NotPublisher');
    const otherChain = { ...scene, chainId: scene.chainId + 1 };
    await refused(send(await signAnchor(otherChain, edition, facts)), 'NotPublisher');
    // A compact signature has no room for most high values of s; these are the lowest and the highest that fit.
    const high = numberToHex(HIGHEST_LOW_S + 1n, { size: 32 });
    await refused(words(r, high), 'PublisherSignatureMalformed');
    await refused(words(r, numberToHex(HIGHEST_BIT - 1n, { size: 32 })), 'PublisherSignatureMalformed');
    await refused(words(numberToHex(5, { size: 32 }), vs), 'PublisherSignatureMalformed');
    await refused(words(r, numberToHex(0, { size: 32 })), 'PublisherSignatureMalformed');
    const twin = numberToHex((BigInt(vs) ^ HIGHEST_BIT) & (2n ** 256n - 1n), { size: 32 });
    await refused(words(r, twin), 'NotPublisher');
    await words(r, vs);
  });

  it('anchors nothing for an issuer without a publisher', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    await scene.asIssuer.write.setPublisher(['0x0000000000000000000000000000000000000000']);
    const batch = await anchorArguments(scene, edition, 1, 1);
    await refused(scene.receipts.write.anchor(batch), 'NotPublisher');
  });

  it('lets no relayer choose how long claims need a co-signature', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const until = (await scene.now()) + 30 * DAY;
    const [first, count, root, , ...plain] = await anchorArguments(scene, edition, 1, 2);
    const send = (cosignUntil: number, words: readonly [r: Hex, vs: Hex]) =>
      scene.receipts.write.anchor([first, count, root, cosignUntil, ...words]);
    await refused(send(until, plain), 'NotPublisher');
    const [, , , , ...cosigned] = await anchorArguments(scene, edition, 1, 2, until);
    await refused(send(0, cosigned), 'NotPublisher');
    await refused(send(until - 1, cosigned), 'NotPublisher');
    await send(until, cosigned);
  });

  it('delays claims for at most 180 days and only for an issuer with a co-signer', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const tooLong = await anchorArguments(scene, edition, 1, 1, (await scene.now()) + 181 * DAY);
    await refused(scene.receipts.write.anchor(tooLong), 'CosignTooLong');
    await scene.asIssuer.write.setCoSigner(['0x0000000000000000000000000000000000000000']);
    const alone = await anchorArguments(scene, edition, 1, 1, (await scene.now()) + DAY);
    await refused(scene.receipts.write.anchor(alone), 'CoSignerMissing');
  });
});

describe('voiding', () => {
  it('takes back the last batch within the objection time and frees its serials', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ size: 5, objectionSeconds: 3600 });
    await anchor(scene, edition, 1, 2);
    const bad = await anchor(scene, edition, 3, 3);
    await scene.asIssuer.write.voidLast([edition, bad]);
    assert.equal((await scene.receipts.read.editionOf([scene.issuer, edition]))[2], 2);
    assert.equal(await scene.receipts.read.batchOf([scene.issuer, edition, 3]), `0x${'00'.repeat(32)}`);
    await anchor(scene, edition, 3, 1);
    assert.equal((await scene.receipts.read.editionOf([scene.issuer, edition]))[2], 3);
  });

  it('takes the marks off the serials that become free, and off no other', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ objectionSeconds: 3600 });
    const idOf = (serial: number) => certificate(scene, edition, serial).tokenId;
    await anchor(scene, edition, 1, 3);
    const bad = await anchor(scene, edition, 4, 3);
    await scene.asIssuer.write.revoke([[idOf(3), idOf(4), idOf(6)], 2]);
    await scene.asIssuer.write.replace([idOf(5), seeded('leaf'), 1]);
    await scene.asIssuer.write.voidLast([edition, bad]);
    const statuses = [3, 4, 5, 6].map((serial) => scene.receipts.read.statusOf([idOf(serial)]));
    assert.deepEqual(await Promise.all(statuses), [3, 0, 0, 0]);
  });

  it('stays possible for the largest batch: what is larger is refused', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ size: 100_000, objectionSeconds: 3600 });
    await scene.asIssuer.write.setPublisher([scene.collector]);
    const id = tokenIdOf(scene.issuer, edition, 1);
    const root = seeded('root');
    const send = (count: number) => scene.asCollector.write.anchor([id, count, root, 0, ...compact(null)]);
    assert.deepEqual(await refused(send(65_537), 'CountInvalid'), [65_537, 65_536n]);
    await send(65_536);
    const batch = { firstSerial: 1, count: 65_536, root, time: BigInt(await scene.now()), cosignUntil: 0 };
    await scene.asIssuer.write.revoke([[tokenIdOf(scene.issuer, edition, 65_536)], 2]);
    const hash = await scene.asIssuer.write.voidLast([edition, batch]);
    const { gasUsed } = await scene.chain.waitForTransactionReceipt({ hash });
    assert.ok(gasUsed < 5_000_000n, `${String(gasUsed)} gas to void`);
  });

  it('never takes a voided batch again by its old signature, in either order of voiding', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ size: 5, objectionSeconds: 3600 });
    const firstSent = await anchorArguments(scene, edition, 1, 5);
    const first = await anchor(scene, edition, 1, 5);
    await scene.asIssuer.write.voidLast([edition, first]);
    const second = await anchor(scene, edition, 1, 3);
    await scene.asIssuer.write.voidLast([edition, second]);
    await refused(scene.receipts.write.anchor(firstSent), 'AnchorVoided');
    const secondSent = await anchorArguments(scene, edition, 1, 3);
    await refused(scene.receipts.write.anchor(secondSent), 'AnchorVoided');
    await anchor(scene, edition, 1, 2);
  });

  it('refuses the objection of a stranger, a batch that is not the last, wrong facts and a late objection', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ objectionSeconds: 3600 });
    const first = await anchor(scene, edition, 1, 2);
    const last = await anchor(scene, edition, 3, 2);
    await refused(scene.asCollector.write.voidLast([edition, last]), 'EditionUnknown');
    assert.deepEqual(await refused(scene.asIssuer.write.voidLast([edition, first]), 'BatchNotLast'), [2, 4]);
    await refused(scene.asIssuer.write.voidLast([edition, { ...last, count: 1 }]), 'BatchUnknown');
    await refused(
      scene.asIssuer.write.voidLast([edition, { ...last, time: last.time + 9n }]),
      'BatchUnknown',
    );
    await scene.step(3600);
    await refused(scene.asIssuer.write.voidLast([edition, last]), 'ObjectionEnded');
  });

  it('is never possible in an edition without objection time', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ objectionSeconds: 0 });
    const batch = await anchor(scene, edition, 1, 2);
    await refused(scene.asIssuer.write.voidLast([edition, batch]), 'ObjectionEnded');
  });
});
