import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { documentRoot, type DisclosedField, fieldLeaf, makeDocument } from './document.js';
import type { Hex } from './hex.js';
import { addressOfKey, recoverSigner, signDigest } from './signature.js';
import { editionId, tokenIdOf, tokenPartsOf } from './token.js';
import { certificateLeaf, isMember, positionalTree, treeDepth, treePath } from './tree.js';
import {
  anchorDigest,
  certificateDigest,
  claimDigest,
  coSignDigest,
  cosignedAnchorDigest,
  domainSeparator,
} from './typed-data.js';

interface Signed {
  digest: Hex;
  signer: Hex;
  signature: Hex;
}
interface Claim extends Signed {
  issuer: Hex;
  edition: string;
  serial: number;
  recipient: Hex;
  deadline: number | string;
}
interface Digests {
  domain: { chainId: number; verifyingContract: Hex; separator: Hex };
  certificates: (Signed & { tokenId: string; documentRoot: Hex; claimKey: Hex; leaf: Hex })[];
  anchors: (Signed & { issuer: Hex; edition: string; firstSerial: number; count: number; root: Hex })[];
  cosignedAnchors: (Digests['anchors'][number] & { cosignUntil: number })[];
  claim: Claim;
  coSign: Claim;
  keys: Record<'signer' | 'publisher' | 'coSigner' | 'claimOfSerial2', Hex>;
}
interface Identifiers {
  editions: { issuer: Hex; work: Hex; run: Hex; edition: string }[];
  tokens: { issuer: Hex; edition: string; serial: number; tokenId: string; tokenIdHex: Hex }[];
}
interface Place {
  index: number;
  leaf: Hex;
  path: Hex[];
}
interface Trees {
  trees: { count: number; depth: number; leaves: Hex[]; root: Hex; proofs: Place[] }[];
  refused: (Place & { count: number; root: Hex; why: string })[];
}
type Documents = { fields: (DisclosedField & { leaf: Hex })[]; documentRoot: Hex }[];

const vectors = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../contracts/vectors/${name}.json`, import.meta.url), 'utf8')) as T;

const digests = vectors<Digests>('digests');
const identifiers = vectors<Identifiers>('identifiers');
const trees = vectors<Trees>('trees');
const documents = vectors<Documents>('documents');
const home = { chainId: digests.domain.chainId, contract: digests.domain.verifyingContract };
const lower = (hex: Hex): string => hex.toLowerCase();
const termsOf = (claim: Claim) => ({
  ...claim,
  edition: BigInt(claim.edition),
  deadline: BigInt(claim.deadline),
});

function expectSigned({ digest, signer, signature }: Signed, key: Hex): void {
  expect(recoverSigner(digest, signature)).toEqual({ kind: 'SignerRecovered', address: lower(signer) });
  expect(signDigest(key, digest)).toBe(signature);
  expect(addressOfKey(key)).toBe(lower(signer));
}

describe('the vectors that the contract is tested with', () => {
  it('hold cases of every kind', () => {
    const sizes = [
      identifiers.editions,
      identifiers.tokens,
      digests.certificates,
      digests.anchors,
      trees.trees,
    ];
    expect([...sizes, trees.refused, documents].every(({ length }) => length > 1)).toBe(true);
  });

  it.each(identifiers.editions)('have the edition id $edition', ({ issuer, work, run, edition }) => {
    expect(editionId(issuer, work, run)).toBe(BigInt(edition));
  });

  it.each(identifiers.tokens)(
    'have the token id $tokenIdHex',
    ({ issuer, edition, serial, tokenId, tokenIdHex }) => {
      const parts = { issuer, edition: BigInt(edition), serial };
      expect(tokenIdOf(parts)).toBe(BigInt(tokenId));
      expect(tokenIdOf(parts)).toBe(BigInt(tokenIdHex));
      expect(tokenPartsOf(BigInt(tokenId))).toEqual({ ...parts, issuer: lower(issuer) });
    },
  );

  it('have the domain separator', () => {
    expect(domainSeparator(home)).toBe(digests.domain.separator);
  });

  it.each(digests.certificates)('have the certificate $tokenId', (certificate) => {
    const { claimKey, documentRoot: root, digest, leaf } = certificate;
    const tokenId = BigInt(certificate.tokenId);
    expect(certificateDigest(home, { tokenId, documentRoot: root, claimKey })).toBe(digest);
    expect(certificateLeaf(tokenId, digest, claimKey)).toBe(leaf);
    expectSigned(certificate, digests.keys.signer);
  });

  it.each(digests.anchors)('have the anchor from serial $firstSerial', (anchor) => {
    expect(anchorDigest(home, { ...anchor, edition: BigInt(anchor.edition) })).toBe(anchor.digest);
    expectSigned(anchor, digests.keys.publisher);
  });

  it.each(digests.cosignedAnchors)('have the co-signed anchor from serial $firstSerial', (anchor) => {
    expect(cosignedAnchorDigest(home, { ...anchor, edition: BigInt(anchor.edition) })).toBe(anchor.digest);
    expectSigned(anchor, digests.keys.publisher);
  });

  it('have the claim and the co-signature', () => {
    expect(claimDigest(home, termsOf(digests.claim))).toBe(digests.claim.digest);
    expect(coSignDigest(home, termsOf(digests.coSign))).toBe(digests.coSign.digest);
    expectSigned(digests.claim, digests.keys.claimOfSerial2);
    expectSigned(digests.coSign, digests.keys.coSigner);
  });

  it.each(trees.trees)('have the tree of $count', ({ count, depth, leaves, root, proofs }) => {
    const tree = positionalTree(leaves);
    expect([tree.count, treeDepth(count), tree.root]).toEqual([count, depth, root]);
    expect(proofs.map(({ index }) => treePath(tree, index))).toEqual(proofs.map(({ path }) => path));
    expect(proofs.every((proof) => isMember({ ...proof, count }, root))).toBe(true);
  });

  it.each(trees.refused)('have a false membership that is refused: $why', ({ root, ...membership }) => {
    expect(isMember(membership, root)).toBe(false);
  });

  it.each(documents)('have the document $documentRoot', ({ fields, documentRoot: root }) => {
    const document = makeDocument(fields.map(({ path, salt, value }) => ({ path, salt, value })));
    expect(document.map(({ path }) => path)).toEqual(fields.map(({ path }) => path));
    expect(document.map(fieldLeaf)).toEqual(fields.map(({ leaf }) => leaf));
    expect(documentRoot(document)).toBe(root);
  });
});
