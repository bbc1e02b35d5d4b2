import { describe, expect, it } from '@jest/globals';
import { DAY_MS, epochDayOf, readRecurrence, weekdayOf } from '@touchmark/calendar';
import fc from 'fast-check';
import { occurrenceDays } from './occurrence-days.js';

const first = epochDayOf('2026-11-23') ?? 0;
const last = first + 90;
const dates = (rule: string): string[] =>
  occurrenceDays(rule, first, last).map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));

describe('the days of a rule', () => {
  it.each<[string, string[]]>([
    ['FREQ=WEEKLY;COUNT=3', ['2026-11-23', '2026-11-30', '2026-12-07']],
    ['FREQ=MONTHLY;BYDAY=1TU', ['2026-12-01', '2027-01-05', '2027-02-02']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', ['2026-11-30', '2026-12-31', '2027-01-29']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', ['2026-12-31', '2027-01-31']],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=4', ['2026-11-23', '2026-11-27', '2026-12-07', '2026-12-11']],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31', []],
    ['FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31', []],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31', []],
    ['FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO', ['2026-12-28']],
  ])('%s are as they should be', (rule, expected) => {
    expect(dates(rule)).toEqual(expected);
  });

  it('are those on the weekdays asked for, all of them', () => {
    const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    fc.assert(
      fc.property(fc.subarray(names, { minLength: 1 }), (chosen) => {
        const expected = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((day) =>
          chosen.includes(names[weekdayOf(day) - 1] ?? ''),
        );
        expect(occurrenceDays(`FREQ=WEEKLY;BYDAY=${chosen.join(',')}`, first, last)).toEqual(expected);
      }),
    );
  });

  it('can be told for every rule that is read, in order and within the range', () => {
    const part = (name: string, values: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc.option(values, { nil: '' }).map((value) => (value === '' ? '' : `;${name}=${value}`));
    const signed = (most: number): fc.Arbitrary<string> =>
      fc.integer({ min: -most, max: most }).map((number) => `${number}`);
    const rules = fc
      .tuple(
        fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY').map((freq) => `FREQ=${freq}`),
        part('INTERVAL', fc.integer({ min: 1, max: 366 }).map(String)),
        part('BYDAY', fc.constantFrom('MO', '2TU', '-1FR,WE')),
        part('BYMONTHDAY', signed(31)),
        part('BYMONTH', fc.integer({ min: 1, max: 12 }).map(String)),
        part('BYYEARDAY', signed(366)),
        part('BYWEEKNO', signed(53)),
        part('BYSETPOS', signed(5)),
        part('COUNT', fc.integer({ min: 1, max: 999 }).map(String)),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(rules, (text) => {
        const read = readRecurrence(text);
        if (read.kind === 'SeriesInvalid') return;
        const days = occurrenceDays(read.rule, first, last);
        expect(days).toEqual([...new Set(days)].sort((a, b) => a - b));
        expect(days.every((day) => Number.isInteger(day) && day >= first && day <= last)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
