import { type Window, epochDayOf, wallInstant } from '@touchmark/calendar';
import { minuteOf } from '#lib/time.ts';

/** What is chosen to be held, as an address or a form says it; times are on the workshop's wall. */
export interface Picked {
  readonly cellId: string | null;
  readonly stationId: string | null;
  readonly day: string | null;
  readonly start: string | null;
  readonly minutes: string | null;
  readonly family: string | null;
  readonly useCredits: boolean;
}

type Fields = Pick<URLSearchParams, 'get'>;

const text = (fields: Fields, name: string): string | null => fields.get(name)?.trim() || null;

/** What an address chose. */
export function pickedIn(fields: Fields): Picked {
  return {
    cellId: text(fields, 'cell'),
    stationId: text(fields, 'station'),
    day: text(fields, 'day'),
    start: text(fields, 'start'),
    minutes: text(fields, 'minutes'),
    family: text(fields, 'family'),
    useCredits: fields.get('credits') !== null,
  };
}

/** What was not readable, and in which field. */
export interface Unreadable {
  readonly message: string;
  readonly field: string;
}

/** A window from the wall clock of a workshop, or what is wrong with it. */
export function windowOf(
  zone: string,
  { day, start, minutes }: Pick<Picked, 'day' | 'start' | 'minutes'>,
): Window | Unreadable {
  const epochDay = epochDayOf(day ?? '');
  const minute = minuteOf(start ?? '');
  const length = Number(minutes);
  if (epochDay === null) return { field: 'day', message: 'Give a day, such as 2026-11-30.' };
  if (minute === null) return { field: 'start', message: 'Give a start between 00:00 and 23:59.' };
  if (!Number.isInteger(length) || length < 1) return { field: 'minutes', message: 'Choose a length.' };
  const fromAt = wallInstant(zone, epochDay, minute);
  return { fromAt, toAt: fromAt + length * 60_000 };
}

/** A window as the API takes it. */
export const instants = ({ fromAt, toAt }: Window) => ({
  fromAt: new Date(fromAt).toISOString(),
  toAt: new Date(toAt).toISOString(),
});
