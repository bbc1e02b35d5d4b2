import { DAY_MS, openWindows, type OpeningHours, type Window } from '@touchmark/calendar';

/** A workshop's calendar as the database writes it: rows as JSON text, instants in epoch milliseconds. */
export interface CalendarText {
  readonly timeZone: string;
  readonly hours: string | null;
  readonly closures: string | null;
}

const MOST_REMEMBERED = 2000;
const remembered = new Map<string, readonly Window[]>();

/** The first moment of the UTC day of an instant. */
export function dayFloor(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS;
}

/**
 * The open windows of a stretch of whole UTC days. What was worked out is remembered under all that it was worked out
 * from, so an answer can be old but never wrong.
 */
export function openBetween(calendar: CalendarText, fromAt: number, toAt: number): readonly Window[] {
  const key = `${calendar.timeZone} ${String(fromAt)} ${String(toAt)} ${calendar.hours ?? ''} ${calendar.closures ?? ''}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const hours = JSON.parse(calendar.hours ?? '[]') as OpeningHours[];
  const closures = JSON.parse(calendar.closures ?? '[]') as Window[];
  const open = openWindows({ zone: calendar.timeZone, hours, closures }, { fromAt, toAt });
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, open);
  return open;
}

/** The first moment of a UTC day that is not before an instant. */
export function dayCeiling(at: number): number {
  return Math.ceil(at / DAY_MS) * DAY_MS;
}
