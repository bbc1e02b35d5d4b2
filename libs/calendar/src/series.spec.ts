import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  DAY_MS,
  epochDayOf,
  expandRecurrence,
  expandWeekly,
  readRecurrence,
  wallTime,
  type OccurrenceDays,
  type SeriesDecision,
  type SeriesStart,
} from './index.js';

const start = (zone: string, from: string, days = 90): SeriesStart => {
  const fromAt = Date.parse(from);
  return { zone, fromAt, minutes: 120, horizonAt: fromAt + days * DAY_MS };
};
const everyDay: OccurrenceDays = (_, first, last) =>
  Array.from({ length: last - first + 1 }, (__, index) => first + index);
const shown = (zone: string, decision: SeriesDecision): string[] =>
  decision.kind === 'SeriesExpanded'
    ? decision.windows.map(({ fromAt }) => {
        const { epochDay, minuteOfDay } = wallTime(zone, fromAt);
        return `${new Date(epochDay * DAY_MS).toISOString().slice(5, 10)} ${minuteOfDay / 60}`;
      })
    : [decision.reason];
const byRule = (from: SeriesStart, text: string, days: OccurrenceDays = everyDay): SeriesDecision => {
  const read = readRecurrence(text);
  return read.kind === 'SeriesInvalid' ? read : expandRecurrence(from, read, days);
};

describe('a series', () => {
  it.each([
    ['Europe/Berlin', '2026-03-23T08:00Z', '2026-03-30T07:00Z'],
    ['Europe/Berlin', '2026-10-19T07:00Z', '2026-10-26T08:00Z'],
    ['America/New_York', '2026-03-02T14:00Z', '2026-03-09T13:00Z'],
    ['America/New_York', '2026-10-26T13:00Z', '2026-11-02T14:00Z'],
    ['Australia/Lord_Howe', '2026-03-29T22:00Z', '2026-04-05T22:30Z'],
    ['Australia/Lord_Howe', '2026-09-28T22:30Z', '2026-10-05T22:00Z'],
  ])('in %s stays at nine by the clocks from %s to %s', (zone, first, second) => {
    const decision = expandWeekly(start(zone, first), 2);
    expect(shown(zone, decision).map((text) => text.slice(6))).toEqual(['9', '9']);
    expect(decision).toMatchObject({
      windows: [
        { fromAt: Date.parse(first), toAt: Date.parse(first) + 7_200_000 },
        { fromAt: Date.parse(second), toAt: Date.parse(second) + 7_200_000 },
      ],
    });
  });

  it('starts when the clocks change where its time is skipped, and at the first of two where it comes twice', () => {
    const nights = expandWeekly({ ...start('Europe/Berlin', '2026-03-22T01:30Z'), minutes: 30 }, 2);
    expect(shown('Europe/Berlin', nights)).toEqual(['03-22 2.5', '03-29 3']);
    const twice = expandWeekly({ ...start('Europe/Berlin', '2026-10-18T00:30Z'), minutes: 30 }, 2);
    expect(twice).toMatchObject({ windows: [{}, { fromAt: Date.parse('2026-10-25T00:30Z') }] });
  });

  it('begins with the very instant that was asked for, also in the second of two hours', () => {
    const from = start('Europe/Berlin', '2026-10-25T01:30Z');
    expect(expandWeekly(from, 1)).toMatchObject({ windows: [{ fromAt: from.fromAt }] });
  });

  it('has every few weeks, or the days of its rule, from its start on', () => {
    const from = start('Europe/Berlin', '2026-06-01T07:00Z');
    expect(shown('Europe/Berlin', expandWeekly(from, 3, 2))).toEqual(['06-01 9', '06-15 9', '06-29 9']);
    const days: OccurrenceDays = (_, first) => [first + 2, first + 40];
    expect(shown('Europe/Berlin', byRule(from, 'FREQ=MONTHLY', days))).toEqual(['06-03 9', '07-11 9']);
  });

  it('ends with the day of its UNTIL, by the clocks of the workshop, or at its instant', () => {
    const from = start('Europe/Berlin', '2026-06-01T07:00Z');
    const count = (until: string): number =>
      shown('Europe/Berlin', byRule(from, `FREQ=DAILY;UNTIL=${until}`)).length;
    expect(count('20260603')).toBe(3);
    expect(count('20260603T070000Z')).toBe(3);
    expect(count('20260603T065959Z')).toBe(2);
    expect(count('20260603T090000')).toBe(3);
    expect(count('20260603T085959')).toBe(2);
  });

  it('is cut off at the horizon when it has no end of its own', () => {
    const from = start('Europe/Berlin', '2026-06-01T07:00Z', 10);
    expect(shown('Europe/Berlin', byRule(from, 'FREQ=DAILY'))).toHaveLength(10);
  });

  it.each<[string, string, string]>([
    ['has no rule', '', 'UNREADABLE'],
    ['has no FREQ', 'BYDAY=MO', 'UNREADABLE'],
    ['has an unknown FREQ', 'FREQ=FORTNIGHTLY', 'UNREADABLE'],
    ['has an unknown part', 'FREQ=DAILY;EVERY=2', 'UNREADABLE'],
    ['has a part twice', 'FREQ=DAILY;FREQ=DAILY', 'UNREADABLE'],
    ['has a weekday that is none', 'FREQ=WEEKLY;BYDAY=XX', 'UNREADABLE'],
    ['has a day of the month that is none', 'FREQ=MONTHLY;BYMONTHDAY=32', 'UNREADABLE'],
    ['has day zero', 'FREQ=MONTHLY;BYMONTHDAY=0', 'UNREADABLE'],
    ['has no interval', 'FREQ=DAILY;INTERVAL=0', 'UNREADABLE'],
    ['counts to none', 'FREQ=DAILY;COUNT=0', 'UNREADABLE'],
    ['has COUNT and UNTIL', 'FREQ=DAILY;COUNT=2;UNTIL=20260605', 'UNREADABLE'],
    ['numbers the weekdays of a week', 'FREQ=WEEKLY;BYDAY=2MO', 'UNREADABLE'],
    ['has days of the month in a week', 'FREQ=WEEKLY;BYMONTHDAY=3', 'UNREADABLE'],
    ['has week numbers in a month', 'FREQ=MONTHLY;BYWEEKNO=3', 'UNREADABLE'],
    ['chooses a place among nothing', 'FREQ=MONTHLY;BYSETPOS=1', 'UNREADABLE'],
    ['is endlessly long', `FREQ=MONTHLY;BYMONTHDAY=${'1,'.repeat(200)}1`, 'UNREADABLE'],
    ['has an end that is no date', 'FREQ=DAILY;UNTIL=20260231', 'UNREADABLE'],
    ['has an end that is no time', 'FREQ=DAILY;UNTIL=20260605T250000Z', 'UNREADABLE'],
    ['is hourly', 'FREQ=HOURLY;COUNT=3', 'SUB_DAILY'],
    ['is by the minute', 'FREQ=MINUTELY', 'SUB_DAILY'],
    ['has hours of its own', 'FREQ=DAILY;BYHOUR=9,10;COUNT=3', 'SUB_DAILY'],
    ['ends before it starts', 'FREQ=DAILY;UNTIL=20260531', 'ENDS_BEFORE_START'],
    ['ends beyond the horizon', 'FREQ=DAILY;UNTIL=20261231', 'BEYOND_HORIZON'],
    ['counts beyond the horizon', 'FREQ=DAILY;COUNT=91', 'BEYOND_HORIZON'],
    ['has more than 60 occurrences', 'FREQ=DAILY', 'TOO_MANY'],
  ])('is refused when it %s', (_, rule, reason) => {
    const decision = byRule(start('Europe/Berlin', '2026-06-01T07:00Z'), rule);
    expect(decision).toMatchObject({ kind: 'SeriesInvalid', reason, message: expect.stringMatching(/\.$/) });
  });

  it('is refused when it never occurs, has no weeks or too many', () => {
    const from = start('Europe/Berlin', '2026-06-01T07:00Z');
    expect(byRule(from, 'FREQ=YEARLY', () => [])).toMatchObject({ reason: 'NO_OCCURRENCES' });
    expect(expandWeekly(from, 0)).toMatchObject({ reason: 'UNREADABLE' });
    expect(expandWeekly(from, 1.5)).toMatchObject({ reason: 'UNREADABLE' });
    expect(expandWeekly(from, 61)).toMatchObject({ reason: 'TOO_MANY' });
    expect(expandWeekly(from, 14)).toMatchObject({ reason: 'BEYOND_HORIZON' });
  });

  it('is refused when its weeks are too far apart, and decided for any whole numbers without a fault', () => {
    const from = start('Europe/Berlin', '2026-06-01T07:00Z');
    expect(expandWeekly(from, 60, 2_147_483_647)).toMatchObject({ reason: 'UNREADABLE' });
    expect(expandWeekly(from, 1, 53)).toMatchObject({ reason: 'UNREADABLE' });
    expect(expandWeekly(from, 1, 52)).toMatchObject({ kind: 'SeriesExpanded' });
    const edge = fc.constantFrom(-2_147_483_648, -1, 0, 1, 52, 53, 60, 61, 2_147_483_647);
    const int32 = fc.oneof(
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      fc.integer({ min: 1, max: 60 }),
      edge,
    );
    fc.assert(
      fc.property(int32, int32, (weeks, everyWeeks) => {
        const decision = expandWeekly(from, weeks, everyWeeks);
        const fits = weeks >= 1 && everyWeeks >= 1 && everyWeeks <= 52 && (weeks - 1) * everyWeeks < 13;
        expect(decision.kind).toBe(fits ? 'SeriesExpanded' : 'SeriesInvalid');
      }),
    );
  });

  it('is in order, at one time of the clocks, in the horizon and of the length asked for, whatever the start', () => {
    const day = epochDayOf('2026-01-01') ?? 0;
    const starts = fc.record({
      zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
      fromAt: fc.nat(365 * 24 * 4).map((quarter) => day * DAY_MS + quarter * 900_000),
      minutes: fc.constantFrom(30, 480),
      weeks: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(starts, ({ zone, fromAt, minutes, weeks }) => {
        const horizonAt = fromAt + 90 * DAY_MS;
        const decision = expandWeekly({ zone, fromAt, minutes, horizonAt }, weeks);
        if (decision.kind === 'SeriesInvalid') throw new Error(decision.message);
        const first = wallTime(zone, fromAt);
        for (const [index, window] of decision.windows.entries()) {
          const now = wallTime(zone, window.fromAt);
          expect(window.toAt - window.fromAt).toBe(minutes * 60_000);
          expect(now.epochDay).toBe(first.epochDay + 7 * index);
          // Only a skipped time is another one: the change itself, at most an hour later.
          expect((now.minuteOfDay - first.minuteOfDay + 60) / 60).toBeGreaterThanOrEqual(1);
          expect(now.minuteOfDay - first.minuteOfDay).toBeLessThanOrEqual(60);
          expect(window.toAt).toBeLessThanOrEqual(horizonAt);
        }
      }),
    );
  });
});
