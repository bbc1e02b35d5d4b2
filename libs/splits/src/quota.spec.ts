import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, quotaTargets } from './index.js';

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** The published definition, step by step from nothing, with nothing reduced, memoised or repeated. */
function byDefinition(weights: readonly bigint[], total: number): bigint[] {
  const all = sum(weights);
  const held = weights.map(() => 0n);
  for (let size = 1n; size <= BigInt(total); size += 1n) {
    const eligible = weights
      .map((weight, party) => ({ weight, party, has: held[party] ?? 0n }))
      .filter(({ weight, has }) => has * all < weight * size);
    const winner = eligible.reduce((best, other) =>
      other.weight * (best.has + 1n) > best.weight * (other.has + 1n) ? other : best,
    );
    held[winner.party] = winner.has + 1n;
  }
  return held;
}

const weightLists = fc
  .array(fc.bigInt({ min: 0n, max: 90n }), { minLength: 1, maxLength: 8 })
  .filter((weights) => sum(weights) > 0n);
const totals = fc.bigInt({ min: 0n, max: 10n ** 15n });

describe('the quota method', () => {
  it.each([
    [[5117, 4400, 162, 161, 160], 100n, [52n, 44n, 2n, 1n, 1n]],
    [[9061, 7179, 5259, 3319, 1182], 26n, [10n, 7n, 5n, 3n, 1n]],
  ])('gives what Balinski and Young printed in 1975 for %p at %s', (weights, total, expected) => {
    expect(quotaTargets(weights, total)).toEqual(expected);
  });

  it('follows the published definition at every total', () => {
    fc.assert(
      fc.property(weightLists, fc.nat(1500), (weights, total) => {
        expect(quotaTargets(weights, BigInt(total))).toEqual(byDefinition(weights, total));
      }),
    );
  });

  it('hands out exactly the total', () => {
    fc.assert(
      fc.property(weightLists, totals, (weights, total) => sum(quotaTargets(weights, total)) === total),
    );
  });

  it('stays within quota: never a whole minor unit from the exact share', () => {
    fc.assert(
      fc.property(weightLists, totals, (weights, total) => {
        const all = sum(weights);
        quotaTargets(weights, total).forEach((target, party) => {
          const error = target * all - (weights[party] ?? 0n) * total;
          expect(error > -all && error < all).toBe(true);
        });
      }),
    );
  });

  it('is house-monotone: a sale never lowers anyone and a refund never raises anyone', () => {
    fc.assert(
      fc.property(weightLists, totals, fc.bigInt({ min: 0n, max: 5000n }), (weights, total, amount) => {
        expect(allocate(weights, total, total + amount).every((gain) => gain >= 0n)).toBe(true);
        expect(allocate(weights, total + amount, total).every((gain) => gain <= 0n)).toBe(true);
      }),
    );
  });

  it('is a function of the total alone: any path to a total leaves the same targets', () => {
    const steps = fc.array(fc.bigInt({ min: -500n, max: 900n }), { maxLength: 30 });
    fc.assert(
      fc.property(weightLists, steps, (weights, movements) => {
        let total = 0n;
        let held = weights.map(() => 0n);
        for (const movement of movements.filter((step) => total + step >= 0n)) {
          const after = total + movement < 0n ? 0n : total + movement;
          const gains = allocate(weights, total, after);
          held = held.map((has, party) => has + (gains[party] ?? 0n));
          total = after;
        }
        expect(held).toEqual(quotaTargets(weights, total));
      }),
    );
  });

  it('is independent of the order of sales', () => {
    const sales = fc.array(fc.bigInt({ min: 1n, max: 999n }), { minLength: 1, maxLength: 20 });
    const play = (weights: readonly bigint[], amounts: readonly bigint[]): bigint[] => {
      let total = 0n;
      return amounts.reduce(
        (held, amount) => {
          const gains = allocate(weights, total, (total += amount));
          return held.map((has, party) => has + (gains[party] ?? 0n));
        },
        weights.map(() => 0n),
      );
    };
    const shuffled = sales.chain((amounts) =>
      fc.tuple(fc.constant(amounts), fc.shuffledSubarray(amounts, { minLength: amounts.length })),
    );
    fc.assert(
      fc.property(weightLists, shuffled, (weights, [amounts, other]) => {
        expect(play(weights, other)).toEqual(play(weights, amounts));
      }),
    );
  });

  it('mirrors a sale exactly when it is refunded', () => {
    fc.assert(
      fc.property(weightLists, totals, fc.bigInt({ min: 0n, max: 5000n }), (weights, total, amount) => {
        const sale = allocate(weights, total, total + amount);
        expect(allocate(weights, total + amount, total)).toEqual(sale.map((gain) => -gain));
      }),
    );
  });

  it('repeats with the sum of the weights', () => {
    fc.assert(
      fc.property(weightLists, totals, (weights, total) => {
        const next = quotaTargets(weights, total + sum(weights));
        expect(next).toEqual(
          quotaTargets(weights, total).map((target, party) => target + (weights[party] ?? 0n)),
        );
      }),
    );
  });

  it('depends on the proportions of the weights only', () => {
    fc.assert(
      fc.property(weightLists, totals, fc.bigInt({ min: 1n, max: 10n ** 12n }), (weights, total, factor) => {
        const scaled = weights.map((weight) => weight * factor);
        expect(quotaTargets(scaled, total)).toEqual(quotaTargets(weights, total));
      }),
    );
  });

  it('splits 1,000 sales of 3 cents at 75/25 into 2,250 and 750', () => {
    const held = [0n, 0n];
    for (let sale = 0n; sale < 1000n; sale += 1n) {
      allocate([75, 25], sale * 3n, (sale + 1n) * 3n).forEach((gain, party) => {
        held[party] = (held[party] ?? 0n) + gain;
      });
    }
    expect(held).toEqual([2250n, 750n]);
  });

  it('never lowers anyone at 45/45/10 over 1 to 200 cents, where largest remainder takes a cent back', () => {
    for (let total = 1n; total <= 200n; total += 1n) {
      expect(allocate([45, 45, 10], total - 1n, total).toSorted()).toEqual([0n, 0n, 1n]);
    }
  });

  it('breaks ties by the order of the parties', () => {
    expect(quotaTargets([1, 1, 1], 1n)).toEqual([1n, 0n, 0n]);
    expect(quotaTargets([1, 1, 1], 2n)).toEqual([1n, 1n, 0n]);
    expect(quotaTargets([1, 2, 2], 1n)).toEqual([0n, 1n, 0n]);
  });

  it('splits by the finest allowed weights and forgets none of many agreements', () => {
    expect(quotaTargets([99_999, 1], 10n ** 15n)).toEqual([999_990_000_000_000n, 10_000_000_000n]);
    for (let weight = 1; weight <= 200; weight += 1) quotaTargets([weight, 1000], 7n);
    expect(quotaTargets([2, 1], 4n)).toEqual([3n, 1n]);
  });

  it.each([
    [[1], -1n, 'A running total of -1'],
    [[], 1n, '1 to 255 weights'],
    [[0, 0], 1n, 'All weights of a split are 0'],
    [[-1, 2], 1n, 'none of them negative'],
    [[0.5, 0.5], 1n, 'not a whole number'],
    [[100_000, 1], 1n, 'sum to 100001, more than 100000'],
  ])('throws on weights %p at %s', (weights, total, message) => {
    expect(() => quotaTargets(weights, total)).toThrow(message);
  });
});
