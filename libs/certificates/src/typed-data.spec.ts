import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeAbiParameters, getAddress, hashTypedData, keccak256, recoverAddress } from 'viem';
import { privateKeyToAccount, sign } from 'viem/accounts';
import { batchCommitment } from './tree.js';
import { editionId, tokenIdOf, tokenPartsOf } from './token.js';
import {
  anchorDigest,
  certificateDigest,
  claimDigest,
  coSignDigest,
  cosignedAnchorDigest,
} from './typed-data.js';
import { addressOfKey, recoverSigner, signDigest } from './signature.js';
import { toHex } from './hex.js';

const hexOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(toHex);
const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
const serial = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const home = fc.record({ chainId: fc.integer({ min: 1, max: 2 ** 53 - 1 }), contract: hexOf(20) });
const key = fc
  .bigInt({ min: 1n, max: (1n << 255n) - 1n })
  .map((n) => `0x${n.toString(16).padStart(64, '0')}` as const);
const domainOf = ({ chainId, contract }: { chainId: number; contract: `0x${string}` }) =>
  ({ name: 'Touchmark', version: '1', chainId, verifyingContract: contract }) as const;

const CLAIM = [
  { name: 'issuer', type: 'address' },
  { name: 'edition', type: 'uint64' },
  { name: 'serial', type: 'uint32' },
  { name: 'recipient', type: 'address' },
  { name: 'deadline', type: 'uint64' },
] as const;
const TYPES = {
  Certificate: [
    { name: 'tokenId', type: 'uint256' },
    { name: 'documentRoot', type: 'bytes32' },
    { name: 'claimKey', type: 'address' },
  ],
  Anchor: [
    { name: 'issuer', type: 'address' },
    { name: 'edition', type: 'uint64' },
    { name: 'firstSerial', type: 'uint32' },
    { name: 'count', type: 'uint32' },
    { name: 'root', type: 'bytes32' },
  ],
  CosignedAnchor: [
    { name: 'issuer', type: 'address' },
    { name: 'edition', type: 'uint64' },
    { name: 'firstSerial', type: 'uint32' },
    { name: 'count', type: 'uint32' },
    { name: 'root', type: 'bytes32' },
    { name: 'cosignUntil', type: 'uint32' },
  ],
  Claim: CLAIM,
  CoSign: CLAIM,
} as const;

describe('typed data, against viem', () => {
  it('gives the digest of any certificate', () => {
    const certificate = fc.record({ tokenId: uint(256), documentRoot: hexOf(32), claimKey: hexOf(20) });
    fc.assert(
      fc.property(home, certificate, (where, message) => {
        const theirs = hashTypedData({
          domain: domainOf(where),
          types: TYPES,
          primaryType: 'Certificate',
          message,
        });
        expect(certificateDigest(where, message)).toBe(theirs);
      }),
    );
  });

  it('gives the digest of any anchor, with and without a time of co-signing', () => {
    const anchor = fc.record({
      issuer: hexOf(20),
      edition: uint(64),
      firstSerial: serial,
      count: serial,
      root: hexOf(32),
    });
    fc.assert(
      fc.property(home, anchor, (where, message) => {
        const theirs = hashTypedData({
          domain: domainOf(where),
          types: TYPES,
          primaryType: 'Anchor',
          message,
        });
        expect(anchorDigest(where, message)).toBe(theirs);
        const cosigned = { ...message, cosignUntil: message.count };
        expect(cosignedAnchorDigest(where, cosigned)).toBe(
          hashTypedData({
            domain: domainOf(where),
            types: TYPES,
            primaryType: 'CosignedAnchor',
            message: cosigned,
          }),
        );
      }),
    );
  });

  it('gives the digests of any claim and co-signature, and they differ', () => {
    const claim = fc.record({
      issuer: hexOf(20),
      edition: uint(64),
      serial,
      recipient: hexOf(20),
      deadline: uint(64),
    });
    fc.assert(
      fc.property(home, claim, (where, message) => {
        const domain = domainOf(where);
        const theirs = hashTypedData({ domain, types: TYPES, primaryType: 'Claim', message });
        expect(claimDigest(where, message)).toBe(theirs);
        expect(coSignDigest(where, message)).toBe(
          hashTypedData({ domain, types: TYPES, primaryType: 'CoSign', message }),
        );
        expect(coSignDigest(where, message)).not.toBe(theirs);
      }),
    );
  });

  it('gives edition ids and batch commitments as abi.encode hashed', () => {
    fc.assert(
      fc.property(hexOf(20), hexOf(32), hexOf(32), serial, serial, (issuer, work, run, count, time) => {
        const names = encodeAbiParameters(
          [{ type: 'address' }, { type: 'bytes32' }, { type: 'bytes32' }],
          [issuer, work, run],
        );
        expect(editionId(issuer, work, run)).toBe(BigInt(keccak256(names).slice(0, 18)));
        const words = [
          { type: 'bytes32' },
          { type: 'uint256' },
          { type: 'uint256' },
          { type: 'uint256' },
        ] as const;
        const batch = encodeAbiParameters(words, [work, BigInt(count), BigInt(time), 0n]);
        expect(batchCommitment({ root: work, count, time, cosignUntil: 0 })).toBe(keccak256(batch));
      }),
    );
  });

  it('packs a token id that comes apart into the same parts', () => {
    fc.assert(
      fc.property(hexOf(20), uint(64), serial, (issuer, edition, number) => {
        const tokenId = tokenIdOf({ issuer, edition, serial: number });
        expect(tokenId).toBe((BigInt(issuer) << 96n) | (edition << 32n) | BigInt(number));
        expect(tokenPartsOf(tokenId)).toEqual({ issuer, edition, serial: number });
      }),
    );
    expect(() => tokenIdOf({ issuer: `0x${'11'.repeat(20)}`, edition: 1n, serial: 0 })).toThrow('serial 0');
  });
});

describe('signatures, against viem', () => {
  it('are the same bytes for the same key and digest, and recover to the same address', async () => {
    await fc.assert(
      fc.asyncProperty(key, hexOf(32), async (privateKey, digest) => {
        const signature = signDigest(privateKey, digest);
        expect(signature).toBe(await sign({ hash: digest, privateKey, to: 'hex' }));
        expect(getAddress(addressOfKey(privateKey))).toBe(privateKeyToAccount(privateKey).address);
        const recovered = recoverSigner(digest, signature);
        expect(recovered).toEqual({ kind: 'SignerRecovered', address: addressOfKey(privateKey) });
        expect(await recoverAddress({ hash: digest, signature })).toBe(getAddress(addressOfKey(privateKey)));
      }),
      { numRuns: 25 },
    );
  });
});
