import { clock, lengthWords } from './time.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** The short name of a weekday; Monday is 1. */
export const weekdayWords = (weekday: number): string => DAYS[weekday - 1] ?? String(weekday);

interface WeekWindow {
  readonly weekday: number;
  readonly fromMinute: number;
  readonly toMinute: number;
}

function daysWords(weekdays: readonly number[]): string {
  const days = weekdays.toSorted((a, b) => a - b);
  const [first = 1] = days;
  const unbroken = days.every((day, index) => day === first + index);
  if (days.length === 7) return 'every day';
  return days.length > 2 && unbroken
    ? `${weekdayWords(first)} to ${weekdayWords(days.at(-1) ?? first)}`
    : days.map(weekdayWords).join(', ');
}

/** Weekly windows in words, days with the same hours together: `Mon to Fri 08:00–12:00`. */
export function windowWords(windows: readonly WeekWindow[]): string[] {
  const byHours = Map.groupBy(
    windows,
    ({ fromMinute, toMinute }) => `${clock(fromMinute)}–${clock(toMinute)}`,
  );
  return [...byHours].map(
    ([hours, same]) => `${daysWords([...new Set(same.map(({ weekday }) => weekday))])} ${hours}`,
  );
}

/** A measured lead time in words: hours below two days, then days with one decimal. */
export function leadWords(minutes: number): string {
  if (minutes < 120) return lengthWords(minutes) || '0 min';
  if (minutes < 2880) return `${String(Math.round(minutes / 60))} h`;
  return `${(minutes / 1440).toFixed(1).replace('.0', '')} days`;
}

/** Parts per thousand as a percent: `99.2 %`. */
export const perMilleWords = (perMille: number): string =>
  `${(perMille / 10).toFixed(1).replace('.0', '')} %`;

/** `1 order`, `2 orders`. */
export const counted = (count: number, word: string): string =>
  `${String(count)} ${count === 1 ? word : `${word}s`}`;
