import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { encodeAbiParameters, keccak256, parseSignature, serializeSignature } from 'viem';

import { seeded } from '../../scripts/vectors/format.ts';
import { anchor, anchorArguments, signAnchor } from '../support/batch.ts';
import { refused } from '../support/refusal.ts';
import { DAY, keys, startScene } from '../support/scene.ts';

const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

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
    assert.deepEqual(event?.args, { issuer: scene.issuer, edition, ...first });
  });

  it('takes a batch that the publisher itself sends without a signature, and from nobody else', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    await scene.asIssuer.write.setPublisher([scene.collector]);
    const batch = [scene.issuer, edition, 1, 1, seeded('root'), 0, '0x'] as const;
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

  it('refuses signatures of another key, of another contract, with a high s and of 64 bytes', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const [issuer, , first, count, root, cosignUntil, good] = await anchorArguments(scene, edition, 1, 2);
    const send = (signature: `0x${string}`) =>
      scene.receipts.write.anchor([issuer, edition, first, count, root, cosignUntil, signature]);
    const facts = { firstSerial: first, count, root, cosignUntil };
    const stranger = await signAnchor(scene, edition, facts, keys.stranger);
    assert.deepEqual(await refused(send(stranger), 'NotPublisher'), [
      keys.stranger.address,
      keys.publisher.address,
    ]);
    const elsewhere = { ...scene, address: scene.issuer };
    await refused(send(await signAnchor(elsewhere, edition, facts)), 'NotPublisher');
    const otherChain = { ...scene, chainId: scene.chainId + 1 };
    await refused(send(await signAnchor(otherChain, edition, facts)), 'NotPublisher');
    const { r, s, yParity } = parseSignature(good);
    const high = serializeSignature({
      r,
      s: `0x${(CURVE_ORDER - BigInt(s)).toString(16).padStart(64, '0')}`,
      yParity: yParity === 0 ? 1 : 0,
    });
    await refused(send(high), 'PublisherSignatureMalformed');
    await refused(send(good.slice(0, -2) as `0x${string}`), 'PublisherSignatureMalformed');
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
    const [issuer, , first, count, root, , plain] = await anchorArguments(scene, edition, 1, 2);
    await refused(
      scene.receipts.write.anchor([issuer, edition, first, count, root, until, plain]),
      'NotPublisher',
    );
    const [, , , , , , cosigned] = await anchorArguments(scene, edition, 1, 2, until);
    await refused(
      scene.receipts.write.anchor([issuer, edition, first, count, root, 0, cosigned]),
      'NotPublisher',
    );
    await refused(
      scene.receipts.write.anchor([issuer, edition, first, count, root, until - 1, cosigned]),
      'NotPublisher',
    );
    await scene.receipts.write.anchor([issuer, edition, first, count, root, until, cosigned]);
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
