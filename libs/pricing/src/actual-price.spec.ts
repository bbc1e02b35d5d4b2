import { describe, expect, it } from '@jest/globals';
import { actualPrice, type ActualMinutesRule, type FrozenPrice } from './index.js';

const unpaid = (priceMinor: bigint): FrozenPrice => ({ priceMinor, prepaidMinor: 0n });

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
    expect(actualPrice(rule, unpaid(4800n), 120, used)).toBe(expected);
  });

  it.each<[ActualMinutesRule, bigint, bigint, number, bigint]>([
    ['up', 0n, 4800n, 150, 1200n],
    ['both', 2400n, 2400n, 150, 3600n],
    ['both', 2400n, 2400n, 60, 1200n],
    ['up', 2400n, 2400n, 60, 2400n],
    ['frozen', 0n, 4800n, 150, 0n],
  ])('under the rule %s with %i to pay and %i prepaid for %i of 120 minutes is %i', (rule, ...numbers) => {
    const [priceMinor, prepaidMinor, used, expected] = numbers;
    expect(actualPrice(rule, { priceMinor, prepaidMinor }, 120, used)).toBe(expected);
  });

  it('rounds half a minor unit to the even neighbour', () => {
    expect(actualPrice('both', unpaid(5n), 2, 1)).toBe(2n);
    expect(actualPrice('both', unpaid(7n), 2, 1)).toBe(4n);
  });

  it('throws for minutes that are none', () => {
    expect(() => actualPrice('both', unpaid(5n), 0, 1)).toThrow('whole minutes above zero');
    expect(() => actualPrice('both', unpaid(5n), 60, 1.5)).toThrow('whole minutes above zero');
    expect(() => actualPrice('both', unpaid(-5n), 60, 60)).toThrow('prices of 0 or more');
  });
});
