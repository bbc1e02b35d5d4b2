import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { network } from 'hardhat';
import { getContract, parseAbi, type Hex } from 'viem';

import { tokenIdOf } from '../../scripts/vectors/format.ts';
import { run, work } from '../../scripts/vectors/scene.ts';
import { compact } from '../support/batch.ts';
import { DAY, startScene } from '../support/scene.ts';

type Proof = { index: number; leaf: Hex; path: Hex[] };
type Signed = { digest: Hex; signer: Hex; signature: Hex };
type Digests = {
  domain: { separator: Hex; verifyingContract: Hex };
  certificates: (Signed & { serial: number; tokenId: string; claimKey: Hex; leaf: Hex })[];
  anchors: (Signed & { issuer: Hex; edition: string; firstSerial: number; count: number; root: Hex })[];
  claim: Signed & { serial: number; recipient: Hex; deadline: string };
};
type Trees = {
  trees: { count: number; root: Hex; proofs: Proof[] }[];
  refused: (Proof & { why: string; count: number; root: Hex })[];
};

const harnessAbi = parseAbi([
  'function leafOf(uint256 tokenId, bytes32 digest, address claimKey) pure returns (bytes32)',
  'function includes(bytes32 root, uint256 count, uint256 index, bytes32 leaf, bytes32[] path) pure returns (bool)',
]);

async function vectors<T>(name: string): Promise<T> {
  const file = new URL(`../../vectors/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as T;
}

describe('the committed vectors', () => {
  it('are accepted and refused by the tree library place by place', async () => {
    const { viem } = await network.create();
    const { address } = await viem.deployContract('TreeHarness');
    const client = await viem.getPublicClient();
    const harness = getContract({ address, abi: harnessAbi, client });
    const { trees, refused } = await vectors<Trees>('trees');
    const { certificates } = await vectors<Digests>('digests');
    for (const { count, root, proofs } of trees) {
      for (const { index, leaf, path } of proofs) {
        const included = await harness.read.includes([root, BigInt(count), BigInt(index), leaf, path]);
        assert.equal(included, true, `place ${String(index)} of ${String(count)}`);
      }
    }
    for (const { why, count, root, index, leaf, path } of refused) {
      const included = await harness.read.includes([root, BigInt(count), BigInt(index), leaf, path]);
      assert.equal(included, false, why);
    }
    for (const { tokenId, digest, claimKey, leaf } of certificates) {
      assert.equal(await harness.read.leafOf([BigInt(tokenId), digest, claimKey]), leaf);
    }
    assert.ok(refused.length >= 10);
  });

  it('open, anchor and claim on the contract that their signatures were made for', async () => {
    const scene = await startScene();
    const { domain, anchors, claim } = await vectors<Digests>('digests');
    const { trees } = await vectors<Trees>('trees');
    assert.equal(scene.address.toLowerCase(), domain.verifyingContract.toLowerCase());
    const [batch] = anchors;
    const proof = trees.find(({ count }) => count === 5)?.proofs[claim.serial - 1];
    assert.ok(batch && proof);
    const { issuer, firstSerial, count, root } = batch;
    const edition = BigInt(batch.edition);

    await scene.clock.impersonateAccount({ address: issuer });
    await scene.clock.setBalance({ address: issuer, value: 10n ** 18n });
    const asIssuer = scene.as(await scene.viem.getWalletClient(issuer));
    await asIssuer.write.setPublisher([batch.signer]);
    await asIssuer.write.openEdition([work, run, 50, issuer, 0, (await scene.now()) + DAY, 0]);
    assert.equal((await scene.receipts.read.editionOf([issuer, edition]))[5], true);
    const firstTokenId = tokenIdOf(issuer, edition, firstSerial);
    await scene.receipts.write.anchor([firstTokenId, count, root, 0, ...compact(batch.signature)]);

    const { certificates } = await vectors<Digests>('digests');
    const certificate = certificates.find(({ serial }) => serial === claim.serial);
    assert.ok(certificate);
    await scene.receipts.write.claim([
      {
        issuer,
        edition,
        serial: claim.serial,
        recipient: claim.recipient,
        deadline: BigInt(claim.deadline),
        certificateDigest: certificate.digest,
        batch: { firstSerial, count, root, time: BigInt(await scene.now()), cosignUntil: 0 },
        path: proof.path,
        claimSignature: claim.signature,
        coSignature: '0x',
      },
    ]);
    assert.equal(await scene.receipts.read.ownerOf([BigInt(certificate.tokenId)]), claim.recipient);
  });
});
