import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decideOpeningHours,
  epochDayOf,
  freeWindows,
  mergeWindows,
  MINUTE_MS,
  openWindows,
  overlaps,
  totalMinutes,
  wallTime,
  type OpeningHours,
  type Window,
} from './index.js';

const zone = 'Europe/Berlin';
const at = (text: string): number => Date.parse(text);
const range = (from: string, to: string): Window => ({ fromAt: at(from), toAt: at(to) });
const daily = (fromMinute: number, toMinute: number): OpeningHours[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute, toMinute }));
const show = (windows: readonly Window[]): string[] =>
  windows.map(({ fromAt, toAt }) =>
    [fromAt, toAt].map((time) => new Date(time).toISOString().slice(5, 16)).join(' '),
  );

describe('opening hours', () => {
  it('opens at the wall time on both sides of a clock change', () => {
    const open = openWindows(
      { zone, hours: daily(480, 1200), closures: [] },
      range('2026-03-28T00:00Z', '2026-03-30T00:00Z'),
    );
    expect(show(open)).toEqual(['03-28T07:00 03-28T19:00', '03-29T06:00 03-29T18:00']);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', 120, 180, []],
    ['Europe/Berlin', '2026-03-29', 90, 240, ['03-29T00:30 03-29T02:00']],
    ['Europe/Berlin', '2026-10-25', 120, 180, ['10-25T00:00 10-25T02:00']],
    ['Europe/Berlin', '2026-10-25', 150, 240, ['10-25T00:30 10-25T03:00']],
    ['America/New_York', '2026-03-08', 60, 180, ['03-08T06:00 03-08T07:00']],
    ['America/New_York', '2026-11-01', 60, 120, ['11-01T05:00 11-01T07:00']],
    ['Australia/Lord_Howe', '2026-10-04', 60, 180, ['10-03T14:30 10-03T16:00']],
    ['Australia/Lord_Howe', '2026-04-05', 60, 180, ['04-04T14:00 04-04T16:30']],
  ])('in %s on %s from minute %s to %s is open %p', (changing, date, fromMinute, toMinute, expected) => {
    const weekday = 7;
    const noon = at(`${date}T00:00Z`);
    const around = { fromAt: noon - 24 * 60 * MINUTE_MS, toAt: noon + 48 * 60 * MINUTE_MS };
    const open = openWindows(
      { zone: changing, hours: [{ weekday, fromMinute, toMinute }], closures: [] },
      around,
    );
    expect(show(open)).toEqual(expected);
  });

  it('joins hours over midnight and is open without a gap when every day is open all day', () => {
    const hours = [
      { weekday: 5, fromMinute: 1200, toMinute: 1440 },
      { weekday: 6, fromMinute: 0, toMinute: 120 },
    ];
    expect(
      show(openWindows({ zone, hours, closures: [] }, range('2026-06-01T00:00Z', '2026-06-08T00:00Z'))),
    ).toEqual(['06-05T18:00 06-06T00:00']);
    const year = range('2026-01-01T00:00Z', '2027-01-01T00:00Z');
    expect(openWindows({ zone, hours: daily(0, 1440), closures: [] }, year)).toEqual([year]);
  });

  it('takes closures out and cuts off at the range', () => {
    const closures = [
      range('2026-06-01T10:00Z', '2026-06-01T12:00Z'),
      range('2026-06-02T00:00Z', '2026-06-03T00:00Z'),
    ];
    const open = openWindows(
      { zone, hours: daily(480, 1200), closures },
      range('2026-06-01T08:00Z', '2026-06-03T09:00Z'),
    );
    expect(show(open)).toEqual([
      '06-01T08:00 06-01T10:00',
      '06-01T12:00 06-01T18:00',
      '06-03T06:00 06-03T09:00',
    ]);
  });

  it('is open at every minute whose wall time is inside the hours, and at no other, outside a doubled hour', () => {
    const cases = fc.record({
      zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
      fromAt: fc.integer({
        min: at('2026-01-01T00:00Z') / MINUTE_MS,
        max: at('2026-12-01T00:00Z') / MINUTE_MS,
      }),
      // The doubled hours of these zones lie before 03:00.
      from: fc.integer({ min: 36, max: 200 }),
      minutes: fc.integer({ min: 1, max: 80 }),
    });
    fc.assert(
      fc.property(cases, ({ zone: any, fromAt, from, minutes }) => {
        const hours = daily(from * 5, from * 5 + minutes * 5);
        const window = { fromAt: fromAt * MINUTE_MS, toAt: (fromAt + 3 * 1440) * MINUTE_MS };
        const open = openWindows({ zone: any, hours, closures: [] }, window);
        for (let time = window.fromAt; time < window.toAt; time += 17 * MINUTE_MS) {
          const { minuteOfDay } = wallTime(any, time);
          const inside = minuteOfDay >= from * 5 && minuteOfDay < (from + minutes) * 5;
          expect(open.some(({ fromAt: start, toAt }) => start <= time && time < toAt)).toBe(inside);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('answers nothing for an empty range', () => {
    expect(openWindows({ zone, hours: daily(0, 1440), closures: [] }, { fromAt: 5, toAt: 5 })).toEqual([]);
    expect(epochDayOf('1970-01-01')).toBe(0);
  });

  it.each([
    [[{ weekday: 0, fromMinute: 0, toMinute: 60 }], 'OpeningHoursInvalid', 1],
    [[{ weekday: 8, fromMinute: 0, toMinute: 60 }], 'OpeningHoursInvalid', 1],
    [[{ weekday: 1, fromMinute: 60, toMinute: 60 }], 'OpeningHoursInvalid', 1],
    [[{ weekday: 1, fromMinute: -1, toMinute: 60 }], 'OpeningHoursInvalid', 1],
    [[{ weekday: 1, fromMinute: 0, toMinute: 1441 }], 'OpeningHoursInvalid', 1],
    [[{ weekday: 1, fromMinute: 0.5, toMinute: 60 }], 'OpeningHoursInvalid', 1],
    [
      [
        { weekday: 1, fromMinute: 0, toMinute: 60 },
        { weekday: 1, fromMinute: 59, toMinute: 90 },
      ],
      'OpeningHoursOverlap',
      2,
    ],
  ])('%p is refused as %s in row %s', (hours, kind, row) => {
    expect(decideOpeningHours(hours)).toMatchObject({
      kind,
      row,
      message: expect.stringMatching(/(Give|Join) /),
    });
  });

  it('accepts hours that touch or stand on different days', () => {
    const hours = [...daily(0, 60), ...daily(60, 120)];
    expect(decideOpeningHours(hours)).toEqual({ kind: 'OpeningHoursAccepted', hours });
  });
});

describe('windows', () => {
  const windows = fc.array(
    fc.tuple(fc.nat(60), fc.nat(20)).map(([fromAt, length]) => ({ fromAt, toAt: fromAt + length })),
    { maxLength: 12 },
  );
  const moments = (list: readonly Window[]): number[] =>
    Array.from({ length: 90 }, (_, moment) => moment).filter((moment) =>
      list.some(({ fromAt, toAt }) => fromAt <= moment && moment < toAt),
    );
  const apart = (list: readonly Window[]): boolean =>
    list.every(
      (window, index) => window.fromAt < window.toAt && window.fromAt > (list[index - 1]?.toAt ?? -1),
    );

  it('merges to the same moments, sorted and apart', () => {
    fc.assert(
      fc.property(windows, (list) => {
        expect(moments(mergeWindows(list))).toEqual(moments(list));
        expect(apart(mergeWindows(list))).toBe(true);
      }),
    );
  });

  it('is free exactly where it is open and not busy', () => {
    fc.assert(
      fc.property(windows, windows, (open, busy) => {
        const taken = new Set(moments(busy));
        const free = freeWindows(open, busy);
        expect(moments(free)).toEqual(moments(open).filter((moment) => !taken.has(moment)));
        expect(apart(free)).toBe(true);
      }),
    );
  });

  it('counts the minutes of windows and lets neighbours touch without an overlap', () => {
    expect(totalMinutes([range('2026-06-01T08:00Z', '2026-06-01T09:30Z')])).toBe(90);
    expect(overlaps({ fromAt: 0, toAt: 5 }, { fromAt: 5, toAt: 9 })).toBe(false);
    expect(overlaps({ fromAt: 0, toAt: 6 }, { fromAt: 5, toAt: 9 })).toBe(true);
  });
});
