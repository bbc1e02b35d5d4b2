import { seriesInvalid, type Recurrence, type SeriesInvalid } from './recurrence.js';
import { DAY_MS, MINUTE_MS, type Window } from './window.js';
import { epochDayOf, wallInstant, wallTime } from './zone.js';

/** The first window of a series and how far one may book. */
export interface SeriesStart {
  readonly zone: string;
  readonly fromAt: number;
  readonly minutes: number;
  readonly horizonAt: number;
}

export interface SeriesExpanded {
  readonly kind: 'SeriesExpanded';
  readonly windows: readonly Window[];
}

export type SeriesDecision = SeriesExpanded | SeriesInvalid;

/** The most occurrences that one series may have. */
export const SERIES_LIMIT = 60;

const MOST_WEEKS_APART = 52;

/** The days on which a rule occurs, from the first on and to the last, both as day numbers and included. */
export type OccurrenceDays = (rule: string, firstDay: number, lastDay: number) => readonly number[];

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The first day of a series by the workshop's clocks, and the last on which one may book. */
function daysOf({ zone, fromAt, horizonAt }: SeriesStart): { firstDay: number; lastDay: number } {
  return { firstDay: wallTime(zone, fromAt).epochDay, lastDay: wallTime(zone, horizonAt).epochDay };
}

// The same time by the clocks on every day; the first occurrence is the very instant that was asked for.
function windowsOn({ zone, fromAt, minutes }: SeriesStart, days: readonly number[]): Window[] {
  const { epochDay, minuteOfDay, restMs } = wallTime(zone, fromAt);
  return days.map((day) => {
    const startAt = day === epochDay ? fromAt : wallInstant(zone, day, minuteOfDay) + restMs;
    return { fromAt: startAt, toAt: startAt + minutes * MINUTE_MS };
  });
}

/** The last instant at which an occurrence may start, or null when the text is no date. */
function untilInstant(zone: string, until: string): number | null {
  const [date = '', time] = until.split('T');
  const day = epochDayOf(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`);
  if (day === null) return null;
  if (time === undefined) return wallInstant(zone, day, 1440) - 1;
  const [hours, minutes, seconds] = [0, 2, 4].map((at) => Number(time.slice(at, at + 2)));
  if (hours === undefined || minutes === undefined || seconds === undefined) return null;
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const minuteOfDay = hours * 60 + minutes;
  return time.endsWith('Z')
    ? day * DAY_MS + minuteOfDay * MINUTE_MS + seconds * 1000
    : wallInstant(zone, day, minuteOfDay) + seconds * 1000;
}

function endOf(start: SeriesStart, { until }: Recurrence): number | null | SeriesInvalid {
  if (until === null) return null;
  const endAt = untilInstant(start.zone, until);
  if (endAt === null) {
    return seriesInvalid('UNREADABLE', `UNTIL=${until} is no date. Write one such as 20261231.`);
  }
  if (endAt < start.fromAt) {
    return seriesInvalid('ENDS_BEFORE_START', 'The series ends before it starts. Choose a later UNTIL.');
  }
  if (endAt > start.horizonAt) {
    const last = dateOf(wallTime(start.zone, start.horizonAt).epochDay);
    const message = `The series ends later than one may book ahead. Choose an UNTIL up to ${last}.`;
    return seriesInvalid('BEYOND_HORIZON', message);
  }
  return endAt;
}

function checked(windows: readonly Window[]): SeriesDecision {
  if (windows.length === 0) {
    const message =
      'The rule never occurs in the time that can be booked. Choose days that come, or an earlier start.';
    return seriesInvalid('NO_OCCURRENCES', message);
  }
  if (windows.length > SERIES_LIMIT) {
    const message = `The series has ${windows.length} occurrences. Choose at most ${SERIES_LIMIT}, such as COUNT=${SERIES_LIMIT}.`;
    return seriesInvalid('TOO_MANY', message);
  }
  return { kind: 'SeriesExpanded', windows };
}

function beyond(possible: number): SeriesInvalid {
  const message = `Only ${possible} of the occurrences lie in the time that can be booked ahead. Ask for ${possible} at most.`;
  return seriesInvalid('BEYOND_HORIZON', message);
}

/** The windows of a weekly series: so many weeks, or every few of them, at the same time by the workshop's clocks. */
export function expandWeekly(start: SeriesStart, weeks: number, everyWeeks = 1): SeriesDecision {
  if (![weeks, everyWeeks].every((number) => Number.isInteger(number) && number >= 1)) {
    return seriesInvalid('UNREADABLE', 'A weekly series needs one week or more. Give a whole number from 1.');
  }
  if (everyWeeks > MOST_WEEKS_APART) {
    const message = `A series repeats every ${MOST_WEEKS_APART} weeks or more often. Give 1 to ${MOST_WEEKS_APART}.`;
    return seriesInvalid('UNREADABLE', message);
  }
  if (weeks > SERIES_LIMIT) {
    return seriesInvalid('TOO_MANY', `The series has ${weeks} weeks. Choose at most ${SERIES_LIMIT}.`);
  }
  const { firstDay } = daysOf(start);
  const days = Array.from({ length: weeks }, (_, index) => firstDay + 7 * everyWeeks * index);
  const windows = windowsOn(start, days);
  const possible = windows.filter(({ toAt }) => toAt <= start.horizonAt);
  return possible.length < weeks ? beyond(possible.length) : checked(windows);
}

/**
 * The windows of a series by rule, at the same time by the workshop's clocks through clock changes. A rule with an end
 * must end within the horizon; one without is cut off there. Starts no earlier than `fromAt`, which need not be on a
 * day of the rule. `occurrenceDays` knows how to expand a rule.
 */
export function expandRecurrence(
  start: SeriesStart,
  recurrence: Recurrence,
  occurrenceDays: OccurrenceDays,
): SeriesDecision {
  const endAt = endOf(start, recurrence);
  if (endAt !== null && typeof endAt !== 'number') return endAt;
  const { firstDay, lastDay } = daysOf(start);
  const all = windowsOn(start, occurrenceDays(recurrence.rule, firstDay, lastDay));
  const possible = all.filter(({ fromAt, toAt }) => toAt <= start.horizonAt && fromAt <= (endAt ?? Infinity));
  if (recurrence.count !== null && possible.length > 0 && possible.length < recurrence.count) {
    return beyond(possible.length);
  }
  return checked(possible);
}
