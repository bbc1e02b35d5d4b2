import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cancelFee, decideTiers } from './index.js';

const tiers = [
  { noticeHours: 48, feePercent: 0 },
  { noticeHours: 24, feePercent: 50 },
];

describe('notice tiers', () => {
  it.each([
    [48 * 60, 0n],
    [48 * 60 - 1, 500n],
    [24 * 60, 500n],
    [24 * 60 - 1, 1001n],
    [-5, 1001n],
  ])('with %s minutes of notice cost %s of 1001, a half going to the even cent', (notice, fee) => {
    expect(cancelFee(tiers, 1001n, notice)).toBe(fee);
  });

  it('cost the whole price when there are none', () => {
    expect(cancelFee([], 700n, 100_000)).toBe(700n);
  });

  it('never cost less than nothing or more than the price', () => {
    const tier = fc.record({
      noticeHours: fc.integer({ min: 0, max: 8760 }),
      feePercent: fc.integer({ min: 0, max: 100 }),
    });
    const lists = fc
      .uniqueArray(tier, { maxLength: 10, selector: ({ noticeHours }) => noticeHours })
      .map((rows) => rows.sort((a, b) => b.noticeHours - a.noticeHours));
    fc.assert(
      fc.property(
        lists,
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.integer({ min: -10_000, max: 600_000 }),
        (rows, price, notice) => {
          expect(decideTiers(rows).kind).toBe('TiersAccepted');
          const fee = cancelFee(rows, price, notice);
          expect(fee >= 0n && fee <= price).toBe(true);
        },
      ),
    );
  });

  it.each([
    [[{ noticeHours: 24, feePercent: 101 }], 1],
    [[{ noticeHours: 24, feePercent: -1 }], 1],
    [[{ noticeHours: 1.5, feePercent: 0 }], 1],
    [[{ noticeHours: -1, feePercent: 0 }], 1],
    [[tiers[1], tiers[0]], 2],
    [[tiers[0], { noticeHours: 48, feePercent: 10 }], 2],
    [Array.from({ length: 11 }, (_none, at) => ({ noticeHours: 100 - at, feePercent: 0 })), 11],
  ] as [typeof tiers, number][])('are refused as %j at row %s', (rows, row) => {
    expect(decideTiers(rows)).toMatchObject({ kind: 'TiersInvalid', row });
  });

  it('refuse code that asks for the fee of a negative price', () => {
    expect(() => cancelFee(tiers, -1n, 0)).toThrow('Pass a price of 0 or more');
  });
});
