import { describe, expect, it } from '@jest/globals';
import { creditShares, drawNumber, pseudonym } from './maker-credits.js';
import { readPrintedName } from './printed-name.js';

describe('a name to be printed for good', () => {
  it.each([
    ['  Mira   Okonjo ', 'Mira Okonjo'],
    ['Zoe\u0308', 'Zo\u00eb'],
    ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
    ['x'.repeat(80), 'x'.repeat(80)],
  ])('is taken: %j', (text, name) => {
    expect(readPrintedName(text)).toEqual({ kind: 'Printable', name });
  });

  it.each([
    ['nothing', '   ', '1 to 80 characters'],
    ['too much', 'x'.repeat(81), '1 to 80 characters'],
    ['a turn of direction', 'abc\u202edef', 'can be seen'],
    ['a line', 'abc\ndef', 'can be seen'],
    ['a pseudonym', 'maker 12 of Night Harbour', 'like a pseudonym'],
  ])('is refused for %s', (_name, text, words) => {
    expect(readPrintedName(text)).toEqual({ kind: 'Refused', words: expect.stringContaining(words) });
  });
});

describe('shares of credit', () => {
  it.each<[bigint[], number[]]>([
    [[1n], [10_000]],
    [
      [1n, 1n, 1n],
      [3_334, 3_333, 3_333],
    ],
    [
      [60n, 40n],
      [6_000, 4_000],
    ],
    [
      [99_999n, 1n],
      [10_000, 0],
    ],
  ])('of %p are %p', (weights, shares) => {
    expect(creditShares(weights)).toEqual(shares);
  });

  it('sum to 10,000 whatever the weights', () => {
    for (let count = 1; count <= 50; count += 1) {
      const weights = Array.from({ length: count }, (_, place) => BigInt(((place * 37) % 101) + 1));
      expect(creditShares(weights).reduce((sum, share) => sum + share, 0)).toBe(10_000);
    }
  });
});

describe('a pseudonym', () => {
  it('is a number of its own range at each draw, under the name of the co-op', () => {
    const drawn = Array.from({ length: 400 }, () => drawNumber(0));
    expect(drawn.every((number) => number >= 1_000 && number < 10_000)).toBe(true);
    expect(new Set(drawn).size).toBeGreaterThan(300);
    expect(drawNumber(5)).toBeGreaterThanOrEqual(100_000);
    expect(pseudonym(4_173, 'Night Harbour')).toBe('Maker 4173 of Night Harbour');
  });
});
