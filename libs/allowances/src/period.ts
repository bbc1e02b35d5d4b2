import { DAY_MS, wallInstant, wallTime, type Window } from '@touchmark/calendar';

/** A week from Monday to Sunday, or a month, as the calendar on the wall shows it. */
export type Period = 'week' | 'month';

/** The first day of the month so many months after the one of this day; days count from 1970-01-01. */
function monthStart(epochDay: number, months: number): number {
  const date = new Date(epochDay * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY_MS;
}

/** The first day, counted from 1970-01-01, of the period in which an instant (epoch milliseconds) falls in a time zone. */
export function periodDay(period: Period, zone: string, at: number): number {
  const { epochDay, weekday } = wallTime(zone, at);
  return period === 'week' ? epochDay - weekday + 1 : monthStart(epochDay, 0);
}

/** The period in which an instant falls, from its first midnight in the zone to the next period's, clock changes included. */
export function periodBounds(period: Period, zone: string, at: number): Window {
  const first = periodDay(period, zone, at);
  const next = period === 'week' ? first + 7 : monthStart(first, 1);
  return { fromAt: wallInstant(zone, first, 0), toAt: wallInstant(zone, next, 0) };
}
