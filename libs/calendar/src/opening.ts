import { clip, DAY_MS, freeWindows, MINUTE_MS, windowMinutes, type Window } from './window.js';
import { splitAtChanges, wallInstant, wallTime, weekdayOf } from './zone.js';

/** Weekly opening hours in wall time: Monday is weekday 1, minutes of the day from 0 to 1440, `toMinute` excluded. */
export interface OpeningHours {
  readonly weekday: number;
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** A workshop's calendar: its IANA zone, weekly hours, and closures as windows of instants. */
export interface OpeningCalendar {
  readonly zone: string;
  readonly hours: readonly OpeningHours[];
  readonly closures: readonly Window[];
}

export type OpeningHoursDecision =
  | { readonly kind: 'OpeningHoursAccepted'; readonly hours: readonly OpeningHours[] }
  | { readonly kind: 'OpeningHoursInvalid'; readonly row: number; readonly message: string }
  | { readonly kind: 'OpeningHoursOverlap'; readonly row: number; readonly message: string };

/** Decides whether weekly hours can be: whole minutes, no end before its start, no two rows of a day that overlap; `row` counts from 1. */
export function decideOpeningHours(hours: readonly OpeningHours[]): OpeningHoursDecision {
  for (const [index, { weekday, fromMinute, toMinute }] of hours.entries()) {
    const row = index + 1;
    const inRange = [weekday, fromMinute, toMinute].every(Number.isInteger) && weekday >= 1 && weekday <= 7;
    if (!inRange || fromMinute < 0 || toMinute > 1440 || fromMinute >= toMinute) {
      const message = `Row ${row} is no opening time. Give a weekday from 1 to 7 and minutes with 0 <= from < to <= 1440.`;
      return { kind: 'OpeningHoursInvalid', row, message };
    }
    const clash = hours.findIndex(
      (other, at) =>
        at < index && other.weekday === weekday && other.fromMinute < toMinute && fromMinute < other.toMinute,
    );
    if (clash >= 0) {
      const message = `Row ${row} overlaps row ${clash + 1}. Join them or move one.`;
      return { kind: 'OpeningHoursOverlap', row, message };
    }
  }
  return { kind: 'OpeningHoursAccepted', hours };
}

/**
 * When a workshop is open inside a range: sorted windows of instants that neither overlap nor touch, so hours to
 * midnight and from midnight are one. A day has 23, 24 or 25 hours as its zone has it (see wallInstant).
 */
export function openWindows({ zone, hours, closures }: OpeningCalendar, range: Window): Window[] {
  if (range.fromAt >= range.toAt) return [];
  const [firstDay, lastDay] = [
    wallTime(zone, range.fromAt).epochDay - 1,
    wallTime(zone, range.toAt).epochDay + 1,
  ];
  const [piece, change] = splitAtChanges(zone, {
    fromAt: range.fromAt - 3 * DAY_MS,
    toAt: range.toAt + 3 * DAY_MS,
  });
  // Without a clock change near the range one offset serves it all, and the zone is not asked again.
  const instant = (day: number, minute: number): number =>
    piece && !change ? day * DAY_MS + minute * MINUTE_MS - piece.offsetMs : wallInstant(zone, day, minute);
  const open: Window[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) {
    for (const { fromMinute, toMinute } of hours.filter(({ weekday }) => weekday === weekdayOf(day))) {
      const inside = clip({ fromAt: instant(day, fromMinute), toAt: instant(day, toMinute) }, range);
      if (inside) open.push(inside);
    }
  }
  return freeWindows(open, closures);
}

/** The whole days `fromDay` to `toDay` (day numbers, the last included) of a zone as one window of instants. */
export function dayWindow(zone: string, fromDay: number, toDay = fromDay): Window {
  return { fromAt: wallInstant(zone, fromDay, 0), toAt: wallInstant(zone, toDay + 1, 0) };
}

/** The minutes that the windows have in all. */
export function totalMinutes(windows: readonly Window[]): number {
  return windows.reduce((total, window) => total + windowMinutes(window), 0);
}
