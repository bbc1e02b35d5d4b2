import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  DAY_MS,
  dayWindow,
  epochDayOf,
  isTimeZone,
  MINUTE_MS,
  offsetMs,
  splitAtChanges,
  wallInstant,
  wallTime,
  weekdayOf,
  windowMinutes,
} from './index.js';

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'] as const;
const at = (text: string): number => Date.parse(text);
const day = (date: string): number => epochDayOf(date) ?? Number.NaN;
const instants = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2035-12-31T00:00:00Z') });

describe('zones', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 120, '2026-03-29T01:00:00Z', 'skipped, so the change'],
    ['Europe/Berlin', '2026-03-29', 150, '2026-03-29T01:00:00Z', 'skipped, so the change'],
    ['Europe/Berlin', '2026-03-29', 180, '2026-03-29T01:00:00Z', 'the change itself'],
    ['Europe/Berlin', '2026-10-25', 150, '2026-10-25T00:30:00Z', 'comes twice, so the first'],
    ['Europe/Berlin', '2026-10-25', 180, '2026-10-25T02:00:00Z', 'comes once'],
    ['America/New_York', '2026-03-08', 150, '2026-03-08T07:00:00Z', 'skipped, so the change'],
    ['America/New_York', '2026-11-01', 90, '2026-11-01T05:30:00Z', 'comes twice, so the first'],
    ['America/New_York', '2026-11-01', 120, '2026-11-01T07:00:00Z', 'comes once'],
    [
      'Australia/Lord_Howe',
      '2026-10-04',
      135,
      '2026-10-03T15:30:00Z',
      'skipped by 30 minutes, so the change',
    ],
    ['Australia/Lord_Howe', '2026-10-04', 150, '2026-10-03T15:30:00Z', 'the change itself'],
    ['Australia/Lord_Howe', '2026-04-05', 105, '2026-04-04T14:45:00Z', 'comes twice, so the first'],
    ['Australia/Lord_Howe', '2026-04-05', 120, '2026-04-04T15:30:00Z', 'comes once'],
    ['Pacific/Apia', '2011-12-30', 720, '2011-12-30T10:00:00Z', 'a day that never was, so the change'],
    ['Asia/Kathmandu', '2026-06-01', 0, '2026-05-31T18:15:00Z', 'an offset of 45 minutes'],
  ])('reads %s %s minute %s as %s: %s', (zone, date, minute, expected) => {
    expect(wallInstant(zone, day(date), minute)).toBe(at(expected));
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', 23 * 60],
    ['Europe/Berlin', '2026-10-25', 25 * 60],
    ['America/New_York', '2026-03-08', 23 * 60],
    ['America/New_York', '2026-11-01', 25 * 60],
    ['Australia/Lord_Howe', '2026-10-04', 23 * 60 + 30],
    ['Australia/Lord_Howe', '2026-04-05', 24 * 60 + 30],
    ['Europe/Berlin', '2026-06-01', 24 * 60],
  ])('gives %s on %s a day of %s minutes', (zone, date, minutes) => {
    expect(windowMinutes(dayWindow(zone, day(date)))).toBe(minutes);
  });

  it('tells the offset that the runtime shows, whatever it has told before, quarters of an hour with a change included', () => {
    const changes = [
      at('2026-03-29T01:00:00Z'),
      at('2026-10-03T15:30:00Z'),
      at('2026-11-01T06:00:00Z'),
      // Until then the clocks of Berlin followed its sun, 53 minutes and 28 seconds ahead.
      at('1893-03-31T23:06:32Z'),
    ];
    const around = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -2_000_000, max: 2_000_000 }))
      .map(([change, rest]) => change + rest);
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.oneof(instants, around), (zone, instant) => {
        const shown = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
          .formatToParts(instant)
          .find(({ type }) => type === 'timeZoneName')?.value;
        const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
          /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(shown ?? '') ?? [];
        const ahead = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
        expect(offsetMs(zone, instant)).toBe(sign === '-' ? 0 - ahead : ahead);
      }),
      { numRuns: 500 },
    );
  });

  it('reads the wall time back to the same instant, or to its first occurrence', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (zone, instant) => {
        const whole = instant - (instant % MINUTE_MS);
        const { epochDay, minuteOfDay } = wallTime(zone, whole);
        const back = wallInstant(zone, epochDay, minuteOfDay);
        expect(back <= whole).toBe(true);
        expect(wallTime(zone, back)).toEqual(wallTime(zone, whole));
      }),
    );
  });

  it('never goes back in time as the wall time grows, clock changes included', () => {
    for (const [zone, date] of [
      ['Europe/Berlin', '2026-03-29'],
      ['Europe/Berlin', '2026-10-25'],
      ['Australia/Lord_Howe', '2026-10-04'],
      ['Australia/Lord_Howe', '2026-04-05'],
    ] as const) {
      const all = Array.from({ length: 289 }, (_, step) => wallInstant(zone, day(date), step * 5));
      expect(all).toEqual(all.toSorted((a, b) => a - b));
    }
  });

  it('splits a year at its two clock changes and a window without one not at all', () => {
    const year = { fromAt: at('2026-01-01T00:00:00Z'), toAt: at('2027-01-01T00:00:00Z') };
    const pieces = splitAtChanges('Europe/Berlin', year);
    expect(pieces.map(({ toAt }) => toAt)).toEqual([
      at('2026-03-29T01:00:00Z'),
      at('2026-10-25T01:00:00Z'),
      year.toAt,
    ]);
    expect(pieces.map((piece) => piece.offsetMs / MINUTE_MS)).toEqual([60, 120, 60]);
    expect(splitAtChanges('UTC', year)).toEqual([{ ...year, offsetMs: 0 }]);
  });

  it('keeps the milliseconds of an instant and its weekday', () => {
    expect(wallTime('Europe/Berlin', at('2026-11-21T23:59:30.250Z'))).toEqual({
      epochDay: day('2026-11-22'),
      weekday: 7,
      minuteOfDay: 59,
      restMs: 30_250,
    });
    expect(offsetMs('America/New_York', at('1969-12-31T12:00:00.500Z'))).toBe(-5 * 60 * MINUTE_MS);
  });

  it('knows the dates of the calendar and no others', () => {
    expect(
      ['2026-02-29', '2026-13-01', '2026-1-1', '2026-04-31', '0026-01-01', 'today', '2100-02-29'].map(
        epochDayOf,
      ),
    ).toEqual(Array<null>(7).fill(null));
    fc.assert(
      fc.property(fc.integer({ min: -300_000, max: 2_900_000 }), (epochDay) => {
        const date = new Date(epochDay * DAY_MS);
        expect(epochDayOf(date.toISOString().slice(0, 10))).toBe(epochDay);
        expect(weekdayOf(epochDay)).toBe(date.getUTCDay() || 7);
      }),
    );
  });

  it('knows IANA zones and refuses offsets, abbreviations and nonsense', () => {
    expect(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'].map(isTimeZone)).toEqual([
      true,
      true,
      true,
    ]);
    for (const name of ['+02:00', 'Europe/Atlantis', '', ' ', '../etc', 'Europe/', 'CET', 'IST', 'EST5EDT'])
      expect([name, isTimeZone(name)]).toEqual([name, false]);
    expect(() => offsetMs('Europe/Atlantis', 0)).toThrow('not an IANA time zone');
  });
});
