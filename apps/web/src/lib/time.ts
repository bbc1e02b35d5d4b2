import { wallTime } from '@touchmark/calendar';

const DAY_MS = 86_400_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** A day number as an ISO date, `2026-11-21`. */
export function isoDate(epochDay: number): string {
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 10);
}

/** Minutes since midnight as `09:30`; 1440 is `24:00`. */
export function clock(minuteOfDay: number): string {
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

/** `09:30` as minutes since midnight, or null. */
export function minuteOf(text: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** A day number in words: `Sat 28 Nov`, with the year when asked. */
export function dayWords(epochDay: number, withYear = false): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(withYear ? { year: 'numeric' } : {}),
  })
    .format(new Date(epochDay * DAY_MS))
    .replace(',', '');
}

/** The wall clock of a zone at an instant. */
export function clockAt(zone: string, at: number): string {
  return clock(wallTime(zone, at).minuteOfDay);
}

/** An instant in words, on the wall clock of a zone: `Sat 28 Nov 2026, 18:00`. */
export function instantWords(zone: string, at: number): string {
  const { epochDay, minuteOfDay } = wallTime(zone, at);
  return `${dayWords(epochDay, true)}, ${clock(minuteOfDay)}`;
}

/** A length in words: `2 h 30 min`. */
export function lengthWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${String(hours)} h` : '', rest > 0 ? `${String(rest)} min` : '']
    .filter(Boolean)
    .join(' ');
}

/** A stretch in words on the wall clock of a zone, whole days without their hours: `Fri 25 Dec 2026 – Sat 26 Dec 2026`. */
export function stretchWords(zone: string, fromAt: number, toAt: number): string {
  const [from, to] = [wallTime(zone, fromAt), wallTime(zone, toAt)];
  if (from.minuteOfDay === 0 && to.minuteOfDay === 0 && to.epochDay > from.epochDay) {
    const [first, last] = [dayWords(from.epochDay, true), dayWords(to.epochDay - 1, true)];
    return first === last ? first : `${first} – ${last}`;
  }
  const end = to.epochDay === from.epochDay ? clock(to.minuteOfDay) : instantWords(zone, toAt);
  return `${instantWords(zone, fromAt)} – ${end}`;
}
