import { describe, expect, it } from '@jest/globals';
import { actualPrice, type ActualMinutesRule } from './index.js';

describe('the price of the minutes really used', () => {
  it.each<[ActualMinutesRule, number, bigint]>([
    ['frozen', 90, 4800n],
    ['frozen', 150, 4800n],
    ['up', 90, 4800n],
    ['up', 150, 6000n],
    ['both', 90, 3600n],
    ['both', 150, 6000n],
    ['both', 120, 4800n],
  ])('under the rule %s for %i of 120 minutes is %i', (rule, used, expected) => {
    expect(actualPrice(rule, 4800n, 120, used)).toBe(expected);
  });

  it('rounds half a minor unit to the even neighbour', () => {
    expect(actualPrice('both', 5n, 2, 1)).toBe(2n);
    expect(actualPrice('both', 7n, 2, 1)).toBe(4n);
  });

  it('throws for minutes that are none', () => {
    expect(() => actualPrice('both', 5n, 0, 1)).toThrow('whole minutes above zero');
    expect(() => actualPrice('both', 5n, 60, 1.5)).toThrow('whole minutes above zero');
    expect(() => actualPrice('both', -5n, 60, 60)).toThrow('price of 0 or more');
  });
});
