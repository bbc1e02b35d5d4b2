import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toHex } from '../hex.js';
import { ProofError } from './proof-error.js';
import { decodeRlp, encodeRlp, type Rlp } from './rlp.js';

const item: fc.Arbitrary<Rlp> = fc.letrec<{ item: Rlp; bytes: Uint8Array; list: Rlp[] }>((tie) => ({
  bytes: fc.uint8Array({ maxLength: 70 }),
  list: fc.array(tie('item'), { maxLength: 4 }),
  item: fc.oneof({ maxDepth: 5 }, tie('bytes'), tie('list')),
})).item;

describe('RLP', () => {
  it('reads back what it writes', () => {
    fc.assert(fc.property(item, (value) => expect(decodeRlp(encodeRlp(value))).toEqual(value)));
  });

  it('has one spelling: what it reads, it writes as the same bytes', () => {
    const read = (bytes: Uint8Array): Rlp | null => {
      try {
        return decodeRlp(bytes);
      } catch (error) {
        if (error instanceof ProofError) return null;
        throw error;
      }
    };
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (bytes) => {
        const value = read(bytes);
        if (value !== null) expect(toHex(encodeRlp(value))).toBe(toHex(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a byte with a prefix', [0x81, 0x05]],
    ['a short text in the long form', [0xb8, 0x01, 0xff]],
    ['a length that begins with zero', [0xb9, 0x00, 0x38]],
    ['an item cut short', [0x83, 0x01]],
    ['an item with more behind it', [0x01, 0x02]],
    ['a list cut short', [0xc2, 0x01]],
    ['a tower of lists', Array.from({ length: 30 }, (_, place) => 0xc0 + 29 - place)],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeRlp(Uint8Array.from(bytes))).toThrow(ProofError);
  });
});
