import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addRational,
  compareRational,
  divideHalfEven,
  formatRational,
  parseRatio,
  parseShare,
  rational,
} from './index.js';

const ratio = (text: string): string => {
  const outcome = parseRatio(text);
  return outcome.kind === 'RatioRead' ? outcome.shares.map(formatRational).join(' ') : outcome.kind;
};

describe('shares', () => {
  it.each([
    ['1/3', '1/3'],
    ['2/6', '1/3'],
    ['25%', '1/4'],
    ['12.5%', '1/8'],
    ['0.1', '1/10'],
    ['0', '0'],
    ['1', '1'],
  ])('reads the share %s as exactly %s', (text, expected) => {
    const outcome = parseShare(text);
    expect(outcome.kind === 'ShareRead' && formatRational(outcome.share)).toBe(expected);
  });

  it.each(['1/0', '-1/3', '', 'a third', '1//3', '0,5', '1/3/5', '9'.repeat(500)])(
    'refuses the share "%s" and says what it accepts',
    (text) => {
      expect(parseShare(text)).toMatchObject({
        kind: 'ShareUnreadable',
        message: expect.stringContaining('Write a fraction such as 1/3'),
      });
    },
  );

  it.each([
    ['70/20/10', '7/10 1/5 1/10'],
    ['2/1', '2/3 1/3'],
    ['1/1/1', '1/3 1/3 1/3'],
  ])('reads the ratio %s as the shares %s', (text, expected) => {
    expect(ratio(text)).toBe(expected);
  });

  it.each(['70', '70/', '70/-20', '70/20/0', '', '70/20.5', '1/'.repeat(400) + '1'])(
    'refuses the ratio "%s"',
    (text) => {
      expect(ratio(text)).toBe('ShareUnreadable');
    },
  );

  it('tells the sum of a ratio, so that percentages which miss 100 can be refused', () => {
    expect(parseRatio('70/20/5')).toMatchObject({ kind: 'RatioRead', sum: 95n });
  });

  it('reads every ratio as shares that sum to exactly one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 2, maxLength: 50 }), (parts) => {
        const outcome = parseRatio(parts.join('/'));
        const shares = outcome.kind === 'RatioRead' ? outcome.shares : [];
        expect(compareRational(shares.reduce(addRational, rational(0n)), rational(1n))).toBe(0);
      }),
    );
  });

  it('keeps fractions in lowest terms with a positive denominator and refuses a zero one', () => {
    expect(rational(-6n, -4n)).toEqual({ numerator: 3n, denominator: 2n });
    expect(rational(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(() => rational(1n, 0n)).toThrow('denominator 0');
  });

  it.each([
    [1n, 2n, 0n],
    [3n, 2n, 2n],
    [-1n, 2n, 0n],
    [-3n, 2n, -2n],
    [7n, 3n, 2n],
    [8n, 3n, 3n],
    [-8n, 3n, -3n],
  ])('divides %s by %s to the nearest whole number %s, halves to even', (a, b, expected) => {
    expect(divideHalfEven(a, b)).toBe(expected);
  });

  it('throws on a division by zero or less', () => {
    expect(() => divideHalfEven(1n, 0n)).toThrow('Pass a positive one');
  });
});
