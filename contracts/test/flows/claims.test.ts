import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { seeded } from '../../scripts/vectors/format.ts';
import { anchor, certificate, claimOf, type Batch } from '../support/batch.ts';
import { CLAIM_OUTCOMES, claimRefused } from '../support/refusal.ts';
import { DAY, keyOf, keys, startScene, zeroAddress, type Scene } from '../support/scene.ts';

async function sceneWithBatch(count = 5): Promise<{ scene: Scene; edition: bigint; batch: Batch }> {
  const scene = await startScene();
  const edition = await scene.openEdition();
  return { scene, edition, batch: await anchor(scene, edition, 1, count) };
}

describe('claiming', () => {
  it('gives the token of each place of a batch to whom the piece key names, sent by anyone', async () => {
    for (const count of [1, 2, 3, 5, 8]) {
      const { scene, edition, batch } = await sceneWithBatch(count);
      for (const serial of new Set([1, count])) {
        await scene.receipts.write.claim([await claimOf(scene, edition, batch, serial)]);
        const { tokenId } = certificate(scene, edition, serial);
        assert.equal(await scene.receipts.read.ownerOf([tokenId]), scene.collector);
      }
    }
  });

  it('claims the only piece of a batch of one with an empty path', async () => {
    const { scene, edition, batch } = await sceneWithBatch(1);
    const claim = await claimOf(scene, edition, batch, 1);
    assert.deepEqual(claim.path, []);
    await scene.receipts.write.claim([claim]);
    const [event] = await scene.receipts.getEvents.Claimed({}, { fromBlock: 0n });
    assert.equal(event?.args.certificateDigest, claim.certificateDigest);
  });

  it('claims from the second batch, whose first place is not serial 1', async () => {
    const { scene, edition } = await sceneWithBatch(5);
    const second = await anchor(scene, edition, 6, 3);
    await scene.receipts.write.claim([await claimOf(scene, edition, second, 7)]);
    const { tokenId } = certificate(scene, edition, 7);
    assert.equal(await scene.receipts.read.ownerOf([tokenId]), scene.collector);
  });

  it('gives nothing to who copies a pending claim and names itself', async () => {
    const { scene, edition, batch } = await sceneWithBatch();
    const pending = await claimOf(scene, edition, batch, 2);
    const stolen = { ...pending, recipient: scene.relayer };
    await claimRefused(scene.receipts.write.claim([stolen]), 'NotInBatch');
  });

  it('claims a serial once', async () => {
    const { scene, edition, batch } = await sceneWithBatch();
    const claim = await claimOf(scene, edition, batch, 3);
    await scene.receipts.write.claim([claim]);
    await claimRefused(scene.receipts.write.claim([claim]), 'AlreadyClaimed');
  });

  it('refuses a passed deadline, the zero recipient and a key of another piece', async () => {
    const { scene, edition, batch } = await sceneWithBatch();
    const late = await claimOf(scene, edition, batch, 1, { deadline: BigInt(await scene.now()) - 1n });
    await claimRefused(scene.receipts.write.claim([late]), 'DeadlinePassed');
    const nobody = await claimOf(scene, edition, batch, 1, { recipient: zeroAddress });
    await claimRefused(scene.receipts.write.claim([nobody]), 'RecipientZero');
    const other = await claimOf(scene, edition, batch, 1, { claimKey: keyOf('claim 2 1') });
    await claimRefused(scene.receipts.write.claim([other]), 'NotInBatch');
    const short = { ...(await claimOf(scene, edition, batch, 1)), claimSignature: '0x1234' } as const;
    await claimRefused(scene.receipts.write.claim([short]), 'ClaimSignatureMalformed');
  });

  it('refuses facts that differ from the stored batch, a serial outside it and a wrong path length', async () => {
    const { scene, edition, batch } = await sceneWithBatch();
    const claim = await claimOf(scene, edition, batch, 5);
    const send = (changed: Partial<typeof claim>) => scene.receipts.write.claim([{ ...claim, ...changed }]);
    await claimRefused(send({ batch: { ...batch, count: 6 } }), 'BatchUnknown');
    await claimRefused(send({ batch: { ...batch, root: seeded('root') } }), 'BatchUnknown');
    await claimRefused(send({ batch: { ...batch, cosignUntil: 1 } }), 'BatchUnknown');
    await claimRefused(send({ batch: { ...batch, firstSerial: 2 } }), 'BatchUnknown');
    await claimRefused(send({ edition: 9n }), 'BatchUnknown');
    await claimRefused(send({ serial: 6 }), 'SerialOutsideBatch');
    await claimRefused(send({ serial: 0 }), 'SerialOutsideBatch');
    await claimRefused(send({ serial: 4 }), 'NotInBatch');
    await claimRefused(send({ path: claim.path.slice(1) }), 'NotInBatch');
    await claimRefused(send({ path: [...claim.path, seeded('sibling')] }), 'NotInBatch');
  });

  it('refuses a claim made for another contract or chain', async () => {
    const { scene, edition, batch } = await sceneWithBatch();
    const elsewhere = await claimOf({ ...scene, address: scene.issuer }, edition, batch, 1);
    await claimRefused(scene.receipts.write.claim([elsewhere]), 'NotInBatch');
    const otherChain = await claimOf({ ...scene, chainId: 1 }, edition, batch, 1);
    await claimRefused(scene.receipts.write.claim([otherChain]), 'NotInBatch');
  });

  it('waits for the objection time to pass and then never allows voiding', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ objectionSeconds: 3600 });
    const batch = await anchor(scene, edition, 1, 2);
    const claim = await claimOf(scene, edition, batch, 1);
    await claimRefused(scene.receipts.write.claim([claim]), 'InObjectionTime');
    await scene.step(3600);
    await scene.receipts.write.claim([claim]);
  });

  it('never gives a voided serial its token by the voided certificate', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ objectionSeconds: 3600 });
    const batch = await anchor(scene, edition, 1, 2);
    await scene.asIssuer.write.voidLast([edition, batch]);
    await scene.step(3600);
    await claimRefused(scene.receipts.write.claim([await claimOf(scene, edition, batch, 1)]), 'BatchUnknown');
  });

  it('asks for the co-signature until its time and not after', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const batch = await anchor(scene, edition, 1, 3, (await scene.now()) + 10 * DAY);
    const alone = await claimOf(scene, edition, batch, 1);
    await claimRefused(scene.receipts.write.claim([alone]), 'CoSignatureInvalid');
    const wrong = await claimOf(scene, edition, batch, 1, { coSigner: keys.stranger });
    await claimRefused(scene.receipts.write.claim([wrong]), 'CoSignatureInvalid');
    const reused = { ...alone, coSignature: alone.claimSignature };
    await claimRefused(scene.receipts.write.claim([reused]), 'CoSignatureInvalid');
    await scene.receipts.write.claim([await claimOf(scene, edition, batch, 1, { coSigner: keys.coSigner })]);
    await scene.step(10 * DAY + 1);
    await scene.receipts.write.claim([await claimOf(scene, edition, batch, 2)]);
  });

  it('keeps the delay when the issuer drops its co-signer', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const batch = await anchor(scene, edition, 1, 1, (await scene.now()) + DAY);
    await scene.asIssuer.write.setCoSigner([zeroAddress]);
    await claimRefused(
      scene.receipts.write.claim([await claimOf(scene, edition, batch, 1)]),
      'CoSignatureInvalid',
    );
  });

  it('reports each of many claims and lets no refused one stop the others', async () => {
    const { scene, edition, batch } = await sceneWithBatch();
    const good = await claimOf(scene, edition, batch, 1);
    const bad = { ...(await claimOf(scene, edition, batch, 2)), recipient: scene.relayer };
    const alsoGood = await claimOf(scene, edition, batch, 3);
    const requests = [good, bad, good, alsoGood];
    const { result } = await scene.receipts.simulate.claimMany([requests]);
    const outcomes = result.map((outcome) => CLAIM_OUTCOMES[outcome]);
    assert.deepEqual(outcomes, ['Claimed', 'NotInBatch', 'AlreadyClaimed', 'Claimed']);
    await scene.receipts.write.claimMany([requests]);
    const events = await scene.receipts.getEvents.ClaimRefused({}, { fromBlock: 0n });
    assert.deepEqual(
      events.map((event) => CLAIM_OUTCOMES[event.args.outcome ?? -1]),
      ['NotInBatch', 'AlreadyClaimed'],
    );
    assert.equal(await scene.receipts.read.balanceOf([scene.collector]), 2n);
  });

  it('never lets a padding place of one batch pass for a serial of the next', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const five = await anchor(scene, edition, 1, 5);
    await anchor(scene, edition, 6, 3);
    const claim = await claimOf(scene, edition, { ...five, count: 8 }, 6);
    await claimRefused(scene.receipts.write.claim([{ ...claim, batch: five }]), 'SerialOutsideBatch');
  });
});
