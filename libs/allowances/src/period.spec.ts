import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { periodBounds, periodDay } from './index.js';

const iso = (at: number): string => new Date(at).toISOString();
const boundsAt = (period: 'week' | 'month', zone: string, at: string): string[] => {
  const { fromAt, toAt } = periodBounds(period, zone, Date.parse(at));
  return [iso(fromAt), iso(toAt)];
};
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];

describe('a period', () => {
  it.each([
    [
      'week',
      'Europe/Berlin',
      '2026-11-22T22:59:59.999Z',
      '2026-11-15T23:00:00.000Z',
      '2026-11-22T23:00:00.000Z',
    ],
    [
      'week',
      'Europe/Berlin',
      '2026-11-22T23:00:00.000Z',
      '2026-11-22T23:00:00.000Z',
      '2026-11-29T23:00:00.000Z',
    ],
    [
      'month',
      'Europe/Berlin',
      '2026-12-31T22:59:59.999Z',
      '2026-11-30T23:00:00.000Z',
      '2026-12-31T23:00:00.000Z',
    ],
    [
      'month',
      'America/New_York',
      '2026-02-14T12:00:00.000Z',
      '2026-02-01T05:00:00.000Z',
      '2026-03-01T05:00:00.000Z',
    ],
    // The week of a clock change has 167, 169, or 168 hours and a half.
    [
      'week',
      'Europe/Berlin',
      '2026-03-29T12:00:00.000Z',
      '2026-03-22T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ],
    [
      'week',
      'Europe/Berlin',
      '2026-10-25T12:00:00.000Z',
      '2026-10-18T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ],
    [
      'week',
      'Australia/Lord_Howe',
      '2026-04-04T20:00:00.000Z',
      '2026-03-29T13:00:00.000Z',
      '2026-04-05T13:30:00.000Z',
    ],
    [
      'month',
      'America/New_York',
      '2026-11-15T12:00:00.000Z',
      '2026-11-01T04:00:00.000Z',
      '2026-12-01T05:00:00.000Z',
    ],
  ] as const)('of a %s in %s at %s runs from %s to %s', (period, zone, at, fromAt, toAt) => {
    expect(boundsAt(period, zone, at)).toEqual([fromAt, toAt]);
  });

  it('holds the instant it was asked for, touches the next one, and is the same from any instant in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('week' as const, 'month' as const),
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (period, zone, at, part) => {
          const bounds = periodBounds(period, zone, at);
          expect(bounds.fromAt <= at && at < bounds.toAt).toBe(true);
          expect(periodBounds(period, zone, bounds.toAt).fromAt).toBe(bounds.toAt);
          const other = bounds.fromAt + Math.floor(part * (bounds.toAt - bounds.fromAt));
          expect(periodDay(period, zone, other)).toBe(periodDay(period, zone, at));
        },
      ),
    );
  });
});
