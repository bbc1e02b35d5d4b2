import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { network } from 'hardhat';
import { keccak256, type Hex } from 'viem';

import { collectorReceiptsRuntime } from '../../abi/collector-receipts.bytecode.ts';
import { maskedHashOf, verifiedCode } from '../../scripts/deploy/code.ts';
import { at, levelsOf, rootOf, seeded, tokenIdOf } from '../../scripts/vectors/format.ts';
import {
  anchor,
  anchorArguments,
  certificate,
  claimOf,
  compact,
  leavesOf,
  signAnchor,
} from '../support/batch.ts';
import { claimRefused, refused } from '../support/refusal.ts';
import { DAY, keys, startScene, work } from '../support/scene.ts';

/** ERC-1271 code that accepts every signature in the name of whoever has it. */
const YES_TO_ALL = '0x631626ba7e60e01b5f5260205ff3';

describe('attacks on the contract', () => {
  it('look-alike contract: one other byte of code is another code hash, and its address another domain', async () => {
    const real = await startScene();
    const copy = await startScene(real.on);
    const code = (await copy.chain.getCode({ address: copy.address })) ?? '0x';
    assert.equal(maskedHashOf(code, collectorReceiptsRuntime), collectorReceiptsRuntime.maskedCodeHash);
    const realCode = (await real.chain.getCode({ address: real.address })) ?? '0x';
    assert.notEqual(keccak256(code), keccak256(realCode));
    const changed: Hex = `${code.slice(0, 400)}${code[400] === '0' ? '1' : '0'}${code.slice(401)}` as Hex;
    await copy.clock.setCode({ address: copy.address, bytecode: changed });
    assert.throws(() => verifiedCode('X', changed, collectorReceiptsRuntime), /not the committed/);
  });

  it('stolen publisher: what it anchored is voided within the objection time and cannot be claimed', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ size: 5, objectionSeconds: 3600 });
    const stolen = await anchor(scene, edition, 1, 5);
    const claim = await claimOf(scene, edition, stolen, 1);
    await claimRefused(scene.receipts.write.claim([claim]), 'InObjectionTime');
    await scene.asIssuer.write.setPublisher([keys.stranger.address]);
    await scene.asIssuer.write.voidLast([edition, stolen]);
    await refused(scene.receipts.write.anchor(await anchorArguments(scene, edition, 1, 4)), 'NotPublisher');
    await scene.step(3600);
    await claimRefused(scene.receipts.write.claim([claim]), 'BatchUnknown');
    assert.equal((await scene.receipts.read.editionOf([scene.issuer, edition]))[2], 0);
  });

  it('back-dated retirement: a key is retired at the time of the block, once, and stays retired', async () => {
    const scene = await startScene();
    const { address: signer } = keys.signer;
    await scene.asIssuer.write.setSigner([signer]);
    await scene.step(30 * DAY);
    await scene.asIssuer.write.retireSigner([signer]);
    const [validFrom, retiredAt] = await scene.receipts.read.signerOf([scene.issuer, signer]);
    assert.equal(retiredAt, BigInt(await scene.now()));
    assert.ok(retiredAt >= validFrom + BigInt(30 * DAY));
    await refused(scene.asIssuer.write.retireSigner([signer]), 'SignerNotInForce');
    await refused(scene.asIssuer.write.setSigner([signer]), 'SignerKnown');
    const setters = scene.receipts.abi.filter(
      (entry) => entry.type === 'function' && /[sS]igner$/.test(entry.name),
    );
    assert.deepEqual(
      setters.map((entry) => ('inputs' in entry ? entry.inputs.map(({ type }) => type) : [])),
      [['address'], ['address'], ['address']],
      'no function about keys takes a time',
    );
  });

  it('shadow edition: the same run cannot be opened twice, nor under the name of the issuer by another', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ size: 50 });
    await refused(scene.openEdition({ size: 500 }), 'EditionExists');
    const until = (await scene.now()) + DAY;
    await scene.asCollector.write.openEdition([work, seeded('run'), 500, scene.collector, 0, until, 0]);
    assert.equal((await scene.receipts.read.editionOf([scene.issuer, edition]))[1], 50);
    assert.equal((await scene.receipts.read.editionOf([scene.collector, edition]))[5], false);
  });

  it('shadow edition on a second chain: nothing signed for one chain counts on the other', async () => {
    const here = await startScene();
    const there = await startScene(await network.create({ override: { chainId: 10 } }));
    assert.equal(there.address, here.address);
    const edition = await here.openEdition();
    assert.equal(await there.openEdition(), edition);
    const batch = await anchor(here, edition, 1, 3);
    await refused(there.receipts.write.anchor(await anchorArguments(here, edition, 1, 3)), 'NotPublisher');
    const own = await anchor(there, edition, 1, 3);
    const claim = await claimOf(here, edition, batch, 2);
    await claimRefused(there.receipts.write.claim([{ ...claim, batch: own }]), 'NotInBatch');
    assert.notEqual(certificate(here, edition, 2).leaf, certificate(there, edition, 2).leaf);
  });

  it('over-size and overfull batch: no serial beyond the size, no leaf beyond the count', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ size: 5 });
    const over = await anchorArguments(scene, edition, 1, 6);
    assert.deepEqual(await refused(scene.receipts.write.anchor(over), 'CountInvalid'), [6, 5n]);
    // Six leaves under the root of a batch that says five: the sixth has a place in the tree and none in the batch.
    const root = rootOf(leavesOf(scene, edition, 1, 6));
    const facts = { firstSerial: 1, count: 5, root, cosignUntil: 0 };
    const signature = compact(await signAnchor(scene, edition, facts));
    await scene.receipts.write.anchor([tokenIdOf(scene.issuer, edition, 1), 5, root, 0, ...signature]);
    const batch = { ...facts, time: BigInt(await scene.now()) };
    const sixth = await claimOf(scene, edition, { ...batch, count: 6 }, 6);
    await claimRefused(scene.receipts.write.claim([{ ...sixth, batch }]), 'SerialOutsideBatch');
    await claimRefused(scene.receipts.write.claim([sixth]), 'BatchUnknown');
  });

  it('wrong path length: a path shorter or longer than the tree is deep is refused', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const batch = await anchor(scene, edition, 1, 5);
    const claim = await claimOf(scene, edition, batch, 3);
    for (const path of [claim.path.slice(0, 2), [...claim.path, seeded('more')], []]) {
      await claimRefused(scene.receipts.write.claim([{ ...claim, path }]), 'NotInBatch');
    }
  });

  it('duplicate serial: a second certificate for a serial is neither anchored nor claimed', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ size: 10 });
    const batch = await anchor(scene, edition, 1, 3);
    const again = await anchorArguments(scene, edition, 3, 2);
    assert.deepEqual(await refused(scene.receipts.write.anchor(again), 'AnchorOutOfOrder'), [3, 4]);
    await scene.receipts.write.claim([await claimOf(scene, edition, batch, 3)]);
    // The leaf of serial 3 put again under serials 4 to 6: its token id is part of it, so it proves serial 3 only.
    const root = rootOf(leavesOf(scene, edition, 1, 3));
    const facts = { firstSerial: 4, count: 3, root, cosignUntil: 0 };
    const signature = compact(await signAnchor(scene, edition, facts));
    await scene.receipts.write.anchor([tokenIdOf(scene.issuer, edition, 4), 3, root, 0, ...signature]);
    const second = { ...facts, time: BigInt(await scene.now()) };
    const claim = await claimOf(scene, edition, batch, 3);
    await claimRefused(scene.receipts.write.claim([{ ...claim, serial: 6, batch: second }]), 'NotInBatch');
    await claimRefused(scene.receipts.write.claim([{ ...claim, batch: second }]), 'AlreadyClaimed');
  });

  it('replay on another contract: an anchor and a claim signed for one contract are refused by the other', async () => {
    const real = await startScene();
    const copy = await startScene(real.on);
    const edition = await real.openEdition();
    await copy.openEdition();
    const batch = await anchor(real, edition, 1, 2);
    await refused(copy.receipts.write.anchor(await anchorArguments(real, edition, 1, 2)), 'NotPublisher');
    const own = await anchor(copy, edition, 1, 2);
    const claim = await claimOf(real, edition, batch, 1);
    await claimRefused(copy.receipts.write.claim([{ ...claim, batch: own }]), 'NotInBatch');
  });

  it('front-run claim: who copies a pending claim can only send it to the recipient it names', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const batch = await anchor(scene, edition, 1, 2);
    const pending = await claimOf(scene, edition, batch, 2);
    const thief = scene.asCollector;
    await claimRefused(thief.write.claim([{ ...pending, recipient: scene.relayer }]), 'NotInBatch');
    const named = await claimOf(scene, edition, batch, 1, { recipient: scene.relayer });
    await thief.write.claim([named]);
    assert.equal(await scene.receipts.read.ownerOf([certificate(scene, edition, 1).tokenId]), scene.relayer);
  });

  it('front-run anchor: who copies a pending anchor can change no part of it, and sending it first does no harm', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const [first, count, root, , r, vs] = await anchorArguments(scene, edition, 1, 3);
    const send = (changed: { first?: bigint; count?: number; root?: Hex }) =>
      scene.asCollector.write.anchor([
        changed.first ?? first,
        changed.count ?? count,
        changed.root ?? root,
        0,
        r,
        vs,
      ]);
    await refused(send({ count: 2 }), 'NotPublisher');
    await refused(send({ root: seeded('mine') }), 'NotPublisher');
    await refused(send({ first: first + 1n }), 'AnchorOutOfOrder');
    await send({});
    await refused(scene.receipts.write.anchor([first, count, root, 0, r, vs]), 'AnchorOutOfOrder');
    assert.equal((await scene.receipts.read.editionOf([scene.issuer, edition]))[2], 3);
  });

  it('claim of a withdrawn, a replaced and a voided leaf: none gives a token', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const batch = await anchor(scene, edition, 1, 2);
    const idOf = (serial: number) => certificate(scene, edition, serial).tokenId;
    await scene.asIssuer.write.revoke([[idOf(1)], 4]);
    await claimRefused(scene.receipts.write.claim([await claimOf(scene, edition, batch, 1)]), 'Withdrawn');
    await scene.asIssuer.write.replace([idOf(2), certificate(scene, edition, 2, 2).leaf, 1]);
    await claimRefused(scene.receipts.write.claim([await claimOf(scene, edition, batch, 2)]), 'Superseded');
    const slow = await scene.openEdition({ run: seeded('slow'), objectionSeconds: 3600 });
    const voided = await anchor(scene, slow, 1, 2);
    await scene.asIssuer.write.voidLast([slow, voided]);
    await scene.step(3600);
    await claimRefused(scene.receipts.write.claim([await claimOf(scene, slow, voided, 1)]), 'BatchUnknown');
    assert.equal(await scene.receipts.read.balanceOf([scene.collector]), 0n);
  });

  it('anchoring after the close and after the deadline: neither takes a batch', async () => {
    const scene = await startScene();
    const closed = await scene.openEdition();
    await anchor(scene, closed, 1, 2);
    await scene.asIssuer.write.closeEdition([closed]);
    await refused(scene.receipts.write.anchor(await anchorArguments(scene, closed, 3, 1)), 'CountInvalid');
    const ended = await scene.openEdition({ run: seeded('ended'), anchorForSeconds: DAY });
    const late = await anchorArguments(scene, ended, 1, 1);
    await scene.step(DAY);
    await refused(scene.receipts.write.anchor(late), 'AnchoringEnded');
  });

  it('node presented as leaf: an inner node of the tree passes for no certificate', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const batch = await anchor(scene, edition, 1, 4);
    const levels = levelsOf(leavesOf(scene, edition, 1, 4));
    const claim = await claimOf(scene, edition, batch, 1);
    // The node above serials 1 and 2 with the path from there: right hashes, one level short.
    const path = [at(at(levels, 1), 1)];
    await claimRefused(scene.receipts.write.claim([{ ...claim, path }]), 'NotInBatch');
    const asDigest = { ...claim, certificateDigest: at(at(levels, 1), 0), path };
    await claimRefused(scene.receipts.write.claim([asDigest]), 'NotInBatch');
  });

  it('address of a key that has code: a signature counts by the key alone, whatever code says', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const code = { bytecode: YES_TO_ALL } as const;
    await scene.clock.setCode({ address: keys.publisher.address, ...code });
    const facts = { firstSerial: 1, count: 3, root: seeded('root'), cosignUntil: 0 };
    const forged = compact(await signAnchor(scene, edition, facts, keys.stranger));
    const first = tokenIdOf(scene.issuer, edition, 1);
    await refused(scene.receipts.write.anchor([first, 3, facts.root, 0, ...forged]), 'NotPublisher');
    const batch = await anchor(scene, edition, 1, 3);
    const { claimKey } = certificate(scene, edition, 1);
    await scene.clock.setCode({ address: claimKey.address, ...code });
    const wrong = await claimOf(scene, edition, batch, 1, { claimKey: keys.stranger });
    await claimRefused(scene.receipts.write.claim([wrong]), 'NotInBatch');
    await scene.receipts.write.claim([await claimOf(scene, edition, batch, 1)]);
  });
});
