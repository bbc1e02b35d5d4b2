import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { EMPTY_PLACE } from '../../scripts/vectors/format.ts';
import { anchor, certificate, claimOf } from '../support/batch.ts';
import { claimRefused, refused } from '../support/refusal.ts';
import { startScene } from '../support/scene.ts';

async function sceneWithBatch(objectionSeconds = 0) {
  const scene = await startScene();
  const edition = await scene.openEdition({ objectionSeconds });
  const batch = await anchor(scene, edition, 1, 5);
  const idOf = (serial: number) => certificate(scene, edition, serial).tokenId;
  return { scene, edition, batch, idOf };
}

describe('withdrawing', () => {
  it('withdraws many in one call and refuses their claims', async () => {
    const { scene, edition, batch, idOf } = await sceneWithBatch();
    await scene.asIssuer.write.revoke([[idOf(1), idOf(3)], 14]);
    const statuses = await Promise.all(
      [1, 2, 3].map((serial) => scene.receipts.read.statusOf([idOf(serial)])),
    );
    assert.deepEqual(statuses, [15, 0, 15]);
    await claimRefused(scene.receipts.write.claim([await claimOf(scene, edition, batch, 1)]), 'Withdrawn');
    await scene.receipts.write.claim([await claimOf(scene, edition, batch, 2)]);
  });

  it('leaves a claimed token with its holder and keeps the first reason', async () => {
    const { scene, edition, batch, idOf } = await sceneWithBatch();
    await scene.receipts.write.claim([await claimOf(scene, edition, batch, 1)]);
    await scene.asIssuer.write.revoke([[idOf(1)], 2]);
    await scene.asIssuer.write.revoke([[idOf(1), idOf(2)], 5]);
    assert.equal(await scene.receipts.read.statusOf([idOf(1)]), 3);
    assert.equal(await scene.receipts.read.statusOf([idOf(2)]), 6);
    assert.equal(await scene.receipts.read.ownerOf([idOf(1)]), scene.collector);
    const events = await scene.receipts.getEvents.CertificateRevoked({}, { fromBlock: 0n });
    assert.deepEqual(
      events.map((event) => event.args.reason),
      [2, 5],
    );
  });

  it('is for the issuer, for anchored serials and for reasons 1 to 14', async () => {
    const { scene, edition, idOf } = await sceneWithBatch();
    await refused(scene.asCollector.write.revoke([[idOf(1)], 1]), 'NotIssuer');
    await refused(scene.asIssuer.write.revoke([[idOf(6)], 1]), 'SerialUnknown');
    await refused(
      scene.asIssuer.write.revoke([[certificate(scene, edition, 0).tokenId], 1]),
      'SerialUnknown',
    );
    await refused(scene.asIssuer.write.revoke([[idOf(1)], 0]), 'ReasonInvalid');
    await refused(scene.asIssuer.write.revoke([[idOf(1)], 15]), 'ReasonInvalid');
  });
});

describe('replacing', () => {
  it('lets the new certificate claim and the old one not', async () => {
    const { scene, edition, batch, idOf } = await sceneWithBatch();
    const next = certificate(scene, edition, 2, 2);
    await scene.asIssuer.write.replace([idOf(2), next.leaf, 1]);
    assert.equal(await scene.receipts.read.statusOf([idOf(2)]), 1);
    assert.equal(await scene.receipts.read.replacementOf([idOf(2)]), next.leaf);
    await claimRefused(scene.receipts.write.claim([await claimOf(scene, edition, batch, 2)]), 'Superseded');
    await scene.receipts.write.claim([await claimOf(scene, edition, batch, 2, { version: 2 })]);
    assert.equal(await scene.receipts.read.ownerOf([idOf(2)]), scene.collector);
  });

  it('gives no second token for a serial that was claimed before', async () => {
    const { scene, edition, batch, idOf } = await sceneWithBatch();
    await scene.receipts.write.claim([await claimOf(scene, edition, batch, 2)]);
    await scene.asIssuer.write.replace([idOf(2), certificate(scene, edition, 2, 2).leaf, 1]);
    const again = await claimOf(scene, edition, batch, 2, { version: 2, recipient: scene.relayer });
    await claimRefused(scene.receipts.write.claim([again]), 'AlreadyClaimed');
  });

  it('is no way around the objection time or the voiding of its batch', async () => {
    const { scene, edition, batch, idOf } = await sceneWithBatch(3600);
    await scene.asIssuer.write.replace([idOf(2), certificate(scene, edition, 2, 2).leaf, 1]);
    const claim = await claimOf(scene, edition, batch, 2, { version: 2 });
    await claimRefused(scene.receipts.write.claim([claim]), 'InObjectionTime');
    await scene.asIssuer.write.voidLast([edition, batch]);
    await scene.step(3600);
    await claimRefused(scene.receipts.write.claim([claim]), 'BatchUnknown');
  });

  it('can be done again, then withdrawn, and never after a withdrawal', async () => {
    const { scene, edition, idOf } = await sceneWithBatch();
    await scene.asIssuer.write.replace([idOf(2), certificate(scene, edition, 2, 2).leaf, 1]);
    const third = certificate(scene, edition, 2, 3).leaf;
    await scene.asIssuer.write.replace([idOf(2), third, 3]);
    assert.equal(await scene.receipts.read.replacementOf([idOf(2)]), third);
    await scene.asIssuer.write.revoke([[idOf(2)], 4]);
    assert.equal(await scene.receipts.read.statusOf([idOf(2)]), 5);
    await refused(scene.asIssuer.write.replace([idOf(2), third, 1]), 'CertificateWithdrawn');
    await refused(scene.asIssuer.write.replace([idOf(3), EMPTY_PLACE, 1]), 'LeafMissing');
    await refused(scene.asCollector.write.replace([idOf(3), third, 1]), 'NotIssuer');
  });
});

describe('reporting a piece missing', () => {
  it('is for the holder, is stored with its time, and ends by the holder or by a transfer', async () => {
    const { scene, edition, batch, idOf } = await sceneWithBatch();
    const id = idOf(1);
    await scene.receipts.write.claim([await claimOf(scene, edition, batch, 1)]);
    await refused(scene.receipts.write.reportMissing([id]), 'NotHolder');
    await refused(scene.asCollector.write.clearMissing([id]), 'NotMissing');
    await scene.asCollector.write.reportMissing([id]);
    const since = BigInt(await scene.now());
    assert.deepEqual(await scene.receipts.read.missingOf([id]), [scene.collector, since]);
    await scene.asCollector.write.clearMissing([id]);
    await scene.asCollector.write.reportMissing([id]);
    await scene.asCollector.write.transferFrom([scene.collector, scene.relayer, id]);
    assert.deepEqual((await scene.receipts.read.missingOf([id]))[1], 0n);
    assert.equal(await scene.receipts.read.ownerOf([id]), scene.relayer);
    const cleared = await scene.receipts.getEvents.MissingCleared({}, { fromBlock: 0n });
    assert.equal(cleared.length, 2);
  });

  it('needs a claimed token', async () => {
    const { scene, idOf } = await sceneWithBatch();
    await refused(scene.asCollector.write.reportMissing([idOf(1)]), 'ERC721NonexistentToken');
  });
});
