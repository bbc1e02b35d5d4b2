import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { priceOfBatch, type PriceRow } from './batch-price.js';
import { cancelRefund, percentOf } from './refund.js';

const TABLE: PriceRow[] = [
  { fromUnits: 100, setupMinor: 2000n, unitMinor: 40n },
  { fromUnits: 10, setupMinor: 3000n, unitMinor: 75n },
];

describe('the price of a batch', () => {
  it('is that of the row with the most units that it reaches', () => {
    expect(priceOfBatch(TABLE, 99)).toMatchObject({ totalMinor: 3000n + 99n * 75n });
    expect(priceOfBatch(TABLE, 100)).toEqual({
      kind: 'BatchPriced',
      lines: [
        { code: 'setup', label: 'Setup', units: null, amountMinor: 2000n },
        { code: 'units', label: 'Units, from 100 on', units: 100, amountMinor: 4000n },
      ],
      totalMinor: 6000n,
    });
  });

  it('is refused below the first row, with the units that are enough', () => {
    expect(priceOfBatch(TABLE, 9)).toMatchObject({ kind: 'BatchTooSmall', leastUnits: 10 });
  });

  it('is the sum of its lines to the cent', () => {
    const amount = fc.bigInt({ min: 0n, max: 100_000_000n });
    const row = fc.record({
      fromUnits: fc.integer({ min: 1, max: 500 }),
      setupMinor: amount,
      unitMinor: amount,
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 1e6 }),
        (table, units) => {
          const price = priceOfBatch(table, units);
          if (price.kind === 'BatchTooSmall') return table.every(({ fromUnits }) => fromUnits > units);
          return price.lines.reduce((sum, line) => sum + line.amountMinor, 0n) === price.totalMinor;
        },
      ),
    );
  });
});

describe('what comes back', () => {
  const terms = {
    reclaimPercent: 100,
    cancelTiers: [
      { noticeHours: 24, percentBack: 50 },
      { noticeHours: 72, percentBack: 100 },
    ],
  };
  const hours = (count: number): number => count * 3_600_000;

  it.each([
    [hours(72), 1001n],
    [hours(72) - 1, 501n],
    [hours(24), 501n],
    [hours(24) - 1, 0n],
  ])('with a notice of %d ms of 10.01 is %d', (notice, back) => {
    expect(cancelRefund(terms, 1001n, notice)).toBe(back);
  });

  it('never is more than the price, and a broken cent goes to whoever gets it back', () => {
    expect(percentOf(1n, 1)).toBe(1n);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.integer({ min: 0, max: 100 }),
        (price, percent) => {
          const back = percentOf(price, percent);
          return (
            back <= price &&
            back * 100n >= price * BigInt(percent) &&
            back * 100n < price * BigInt(percent) + 100n
          );
        },
      ),
    );
  });
});
