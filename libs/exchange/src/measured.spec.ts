import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { measure, nearestRank } from './measured.js';

describe('the nearest rank', () => {
  it.each([
    [[15, 20, 35, 40, 50], 30, 20],
    [[15, 20, 35, 40, 50], 40, 20],
    [[15, 20, 35, 40, 50], 50, 35],
    [[15, 20, 35, 40, 50], 100, 50],
    [[7], 90, 7],
    [[3, 1], 50, 1],
  ])('of %p at %d is %d', (values, percent, value) => {
    expect(nearestRank(values, percent)).toBe(value);
  });

  it('is the least value that so many percent of all do not exceed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 1 }),
        fc.integer({ min: 1, max: 100 }),
        (values, percent) => {
          const value = nearestRank(values, percent) ?? Number.NaN;
          const covered = (least: number): number => values.filter((other) => other <= least).length * 100;
          const lower = values.filter((other) => other < value);
          return (
            values.includes(value) &&
            covered(value) >= percent * values.length &&
            lower.every((other) => covered(other) < percent * values.length)
          );
        },
      ),
    );
  });
});

describe('what an offer has shown', () => {
  it('is nothing without orders: null, never a claim', () => {
    expect(measure([])).toEqual({
      ...{ orders: 0, leadP50Minutes: null, leadP90Minutes: null },
      ...{ inspectedOrders: 0, inspectedUnits: 0, passedUnits: 0, qualityPerMille: null },
    });
  });

  it('counts orders and units, and leaves out what nobody inspected', () => {
    expect(
      measure([
        { leadMinutes: 60, passed: 2, failed: 1 },
        { leadMinutes: 120, passed: null, failed: null },
        { leadMinutes: 90, passed: 10, failed: 0 },
      ]),
    ).toEqual({
      ...{ orders: 3, leadP50Minutes: 90, leadP90Minutes: 120 },
      ...{ inspectedOrders: 2, inspectedUnits: 13, passedUnits: 12, qualityPerMille: 923 },
    });
  });
});
