import { describe, expect, it } from '@jest/globals';
import type { Hex } from './hex.js';
import { bytesOf } from './sample-certificate.js';
import { compactSignature, recoverSigner, signDigest } from './signature.js';

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const digest = bytesOf('digest');
const good = signDigest(bytesOf('signer'), digest);
const r = good.slice(2, 66);
const s = BigInt(`0x${good.slice(66, 130)}`);
const signature = (left: string, right: bigint, v: string): Hex =>
  `0x${left}${right.toString(16).padStart(64, '0')}${v}`;
const otherV = good.endsWith('1b') ? '1c' : '1b';

describe('the compact form of a signature', () => {
  it('has the parity of v in the highest bit of s and both words as they were otherwise', () => {
    const half = 1n << 255n;
    for (const [v, parity] of [
      ['1b', 0n],
      ['1c', half],
    ] as const) {
      const { r: first, vs } = compactSignature(signature(r, s, v));
      expect([first, BigInt(vs)]).toEqual([`0x${r}`, s + parity]);
    }
  });
});

describe('recovering a signer', () => {
  it('refuses the twin with a high s, which recovers to the same address elsewhere', () => {
    const twin = signature(r, ORDER - s, otherV);
    expect(recoverSigner(digest, twin)).toMatchObject({
      kind: 'SignatureRefused',
      reason: 'SIGNATURE_HIGH_S',
    });
  });

  it.each<[string, Hex]>([
    ['a v of 0', signature(r, s, '00')],
    ['a v of 29', signature(r, s, '1d')],
    ['r of zero', signature('00'.repeat(32), s, '1b')],
    ['s of zero', signature(r, 0n, '1b')],
    ['r of the order of the curve', signature(ORDER.toString(16), s, '1b')],
    ['r that is on no point of the curve', signature(`${'00'.repeat(31)}05`, s, '1b')],
    ['64 bytes', `0x${good.slice(2, 130)}`],
    ['upper case', `0x${good.slice(2).toUpperCase()}`],
  ])('refuses %s', (_name, bad) => {
    expect(recoverSigner(digest, bad)).toMatchObject({
      kind: 'SignatureRefused',
      reason: 'SIGNATURE_MALFORMED',
    });
  });
});
