import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { seeded } from '../../scripts/vectors/format.ts';
import { anchor, anchorArguments } from '../support/batch.ts';
import { refused } from '../support/refusal.ts';
import { DAY, startScene, work, zeroAddress } from '../support/scene.ts';

describe('opening an edition', () => {
  it('stores every term, at the ends of their ranges as well', async () => {
    const scene = await startScene();
    const extremes = [
      { run: seeded('a'), size: 1, royaltyBps: 0, objectionSeconds: 0, payout: zeroAddress },
      {
        run: seeded('b'),
        size: 1_000_000,
        royaltyBps: 1_000,
        objectionSeconds: 7 * DAY,
        payout: scene.collector,
      },
      { run: seeded('c'), size: 50, royaltyBps: 750, objectionSeconds: 60, payout: scene.relayer },
    ];
    for (const terms of extremes) {
      const edition = await scene.openEdition(terms);
      const until = (await scene.receipts.read.editionOf([scene.issuer, edition]))[4];
      assert.deepEqual(await scene.receipts.read.editionOf([scene.issuer, edition]), [
        terms.payout,
        terms.size,
        0,
        terms.royaltyBps,
        until,
        true,
        terms.objectionSeconds,
      ]);
    }
    const opened = await scene.receipts.getEvents.EditionOpened({}, { fromBlock: 0n });
    assert.equal(opened.length, 3);
    assert.equal(opened[1]?.args.size, 1_000_000);
  });

  it('happens once per run, also after the edition closed with nothing anchored', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    await refused(scene.openEdition({ size: 60 }), 'EditionExists');
    await scene.asIssuer.write.closeEdition([edition]);
    await refused(scene.openEdition(), 'EditionExists');
    const [, size, , , , exists] = await scene.receipts.read.editionOf([scene.issuer, edition]);
    assert.deepEqual([size, exists], [0, true]);
  });

  it('keeps the editions of two issuers apart', async () => {
    const scene = await startScene();
    const mine = await scene.openEdition();
    const until = (await scene.now()) + DAY;
    await scene.asCollector.write.openEdition([work, seeded('run'), 3, zeroAddress, 0, until, 0]);
    const [, size] = await scene.receipts.read.editionOf([scene.issuer, mine]);
    assert.equal(size, 50);
    assert.equal((await scene.receipts.read.editionOf([scene.collector, mine]))[5], false);
  });

  it('refuses sizes, royalties, payouts, times and objections out of range', async () => {
    const scene = await startScene();
    await refused(scene.openEdition({ size: 0 }), 'SizeInvalid');
    await refused(scene.openEdition({ size: 1_000_001 }), 'SizeInvalid');
    await refused(scene.openEdition({ royaltyBps: 1_001 }), 'RoyaltyInvalid');
    await refused(scene.openEdition({ payout: zeroAddress }), 'PayoutMissing');
    await refused(scene.openEdition({ anchorForSeconds: 0 }), 'AnchorUntilPast');
    await refused(scene.openEdition({ objectionSeconds: 7 * DAY + 60 }), 'ObjectionInvalid');
    await refused(scene.openEdition({ objectionSeconds: 90 }), 'ObjectionInvalid');
  });
});

describe('closing an edition', () => {
  it('lowers the size to what is anchored, one way', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ size: 50 });
    await anchor(scene, edition, 1, 37);
    await scene.asIssuer.write.closeEdition([edition]);
    const [, size, anchored] = await scene.receipts.read.editionOf([scene.issuer, edition]);
    assert.deepEqual([size, anchored], [37, 37]);
    const more = await anchorArguments(scene, edition, 38, 1);
    assert.deepEqual(await refused(scene.receipts.write.anchor(more), 'CountInvalid'), [1, 0n]);
  });

  it('is for the issuer of an opened edition', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    await refused(scene.asCollector.write.closeEdition([edition]), 'EditionUnknown');
  });
});
