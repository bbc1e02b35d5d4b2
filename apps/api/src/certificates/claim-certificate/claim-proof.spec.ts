import { describe, expect, it } from '@jest/globals';
import { addressOfKey, coSignDigest, type Hex, recoverSigner } from '@touchmark/certificates';
import { type ClaimProof, coSignatureOf } from './claim-proof.js';

const word = (digits: string): Hex => `0x${digits.repeat(32)}`;
const address = (digits: string): Hex => `0x${digits.repeat(20)}`;
const key = word('11');
const proof: ClaimProof = {
  ...{ home: { chainId: 31337, contract: address('aa') }, issuer: address('bb'), edition: 7n, serial: 3 },
  inclusion: {
    ...{ firstSerial: 1, count: 4, time: 1_795_000_000, cosignUntil: 1_797_592_000, index: 2 },
    ...{ path: [word('01'), word('02')], root: word('03') },
  },
};
const recipient = address('cc');
const deadline = new Date(1_795_604_800_000);
const claim = { recipient, deadline };

describe('the signature of the co-signer', () => {
  it("is over the terms that the piece's key signed, once the piece was handed over", () => {
    const digest = coSignDigest(proof.home, { ...proof, recipient, deadline: deadline.getTime() / 1000 });
    const signature = coSignatureOf({ handedOver: true }, proof, claim, key);
    expect(recoverSigner(digest, signature)).toMatchObject({ address: addressOfKey(key) });
  });

  // The time by which claims are free comes from nodes, and one that is wrong about it must not loosen a signature.
  it('is never given for a piece that was not handed over, whatever the time is said to be', () => {
    for (const cosignUntil of [1, proof.inclusion.cosignUntil, 2 ** 32 - 1]) {
      const at = { ...proof, inclusion: { ...proof.inclusion, cosignUntil } };
      expect(coSignatureOf({ handedOver: false }, at, claim, key)).toBe('0x');
    }
  });

  it('is empty where the batch asks for none, and where no key that counts is held', () => {
    const free = { ...proof, inclusion: { ...proof.inclusion, cosignUntil: 0 } };
    expect(coSignatureOf({ handedOver: true }, free, claim, key)).toBe('0x');
    expect(coSignatureOf({ handedOver: true }, proof, claim, null)).toBe('0x');
  });
});
