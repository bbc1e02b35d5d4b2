import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keccak256, toBytes } from 'viem';
import { hashFaster, keccak } from './keccak.js';
import { keccakModule, roundConstants } from './keccak-module.js';

const sameAsIndependent = (): void => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 }), (parts) => {
      const joined = Uint8Array.from(parts.flatMap((part) => [...part]));
      expect(keccak(...parts)).toEqual(toBytes(keccak256(joined)));
    }),
  );
};

const sameOfText = (): void => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.uint8Array({ maxLength: 150 }),
      (text, tail) => {
        const joined = Uint8Array.from([...new TextEncoder().encode(text), ...tail]);
        expect(keccak(text, tail)).toEqual(toBytes(keccak256(joined)));
      },
    ),
  );
  const long = 'ü'.repeat(3000);
  expect(keccak(long)).toEqual(toBytes(keccak256(new TextEncoder().encode(long))));
};

describe('the hash', () => {
  it('is that of an independent library, of any parts', () => {
    sameAsIndependent();
    sameOfText();
  });

  it('is the same once it is compiled, and what was hashed before stays as it was', () => {
    const before = keccak(Uint8Array.of(1));
    const kept = Uint8Array.from(before);
    hashFaster();
    sameAsIndependent();
    sameOfText();
    expect(keccak(Uint8Array.of(1))).toEqual(kept);
    expect(before).toEqual(kept);
  });

  it('has the round constants of the standard, in a module that fits any browser', () => {
    const constants = [...roundConstants()].map((constant) => constant.toString(16));
    expect(constants.slice(0, 3)).toEqual(['1', '8082', '800000000000808a']);
    expect(constants[23]).toBe('8000000080008008');
    expect(keccakModule().length).toBeLessThan(4096);
  });
});
