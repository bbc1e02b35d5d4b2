import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, MINUTE_MS, wallTime, type Window } from '@touchmark/calendar';
import { weekHourMinutes } from './index.js';

const window = (from: string, to: string): Window => ({ fromAt: Date.parse(from), toAt: Date.parse(to) });
const filled = (minutes: readonly number[]): [number, number][] =>
  [...minutes.entries()].filter(([, each]) => each > 0);

describe('the hours of the week', () => {
  it('part a window at full hours of wall time and at midnight', () => {
    // Sunday 22:30 to Monday 01:15 in Berlin.
    const night = window('2026-11-22T21:30Z', '2026-11-23T00:15Z');
    expect(filled(weekHourMinutes('Europe/Berlin', night, [night]))).toEqual([
      [0, 60],
      [1, 15],
      [166, 30],
      [167, 60],
    ]);
  });

  it('count only what lies in the range, as often as it is there', () => {
    const range = window('2026-11-23T08:00Z', '2026-11-23T09:00Z');
    const windows = [
      window('2026-11-23T07:00Z', '2026-11-23T08:30Z'),
      window('2026-11-23T08:10Z', '2026-11-24T00:00Z'),
    ];
    expect(filled(weekHourMinutes('Europe/Berlin', range, windows))).toEqual([[9, 80]]);
  });

  it.each([
    ['Europe/Berlin', '2026-10-25', [60, 60, 120, 60]],
    ['Europe/Berlin', '2026-03-29', [60, 60, 0, 60]],
    ['America/New_York', '2026-11-01', [60, 120, 60, 60]],
    ['America/New_York', '2026-03-08', [60, 60, 0, 60]],
    ['Australia/Lord_Howe', '2026-04-05', [60, 90, 60, 60]],
    ['Australia/Lord_Howe', '2026-10-04', [60, 60, 30, 60]],
  ])('have in %s on %s first %j minutes', (zone, date, first) => {
    const noon = Date.parse(`${date}T12:00Z`);
    const range = { fromAt: noon - 2 * DAY_MS, toAt: noon + 2 * DAY_MS };
    const sunday: Window[] = [];
    for (let at = range.fromAt; at < range.toAt; at += 15 * MINUTE_MS)
      if (wallTime(zone, at).weekday === 7) sunday.push({ fromAt: at, toAt: at + 15 * MINUTE_MS });
    expect(weekHourMinutes(zone, range, sunday).slice(144, 148)).toEqual(first);
  });

  it('sum to the minutes of the windows inside the range', () => {
    const start = fc.integer({ min: 29_000_000, max: 29_200_000 });
    const windows = fc.array(fc.tuple(start, fc.integer({ min: 1, max: 3000 })), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
        fc.tuple(start, fc.integer({ min: 1, max: 92 * 1440 })),
        windows,
        (zone, [from, length], rows) => {
          const [fromAt, toAt] = [from * MINUTE_MS, (from + length) * MINUTE_MS];
          const all = rows.map(([at, minutes]) => ({
            fromAt: at * MINUTE_MS,
            toAt: (at + minutes) * MINUTE_MS,
          }));
          const inside = all.reduce(
            (sum, each) =>
              sum + Math.max(0, Math.min(each.toAt, toAt) - Math.max(each.fromAt, fromAt)) / MINUTE_MS,
            0,
          );
          const minutes = weekHourMinutes(zone, { fromAt, toAt }, all);
          expect(minutes.reduce((sum, each) => sum + each, 0)).toBe(inside);
        },
      ),
    );
  });
});
