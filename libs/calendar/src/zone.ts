import { CalendarInputError, DAY_MS, MINUTE_MS, type Window } from './window.js';

/** A date and time of day as the clocks of a zone show it; `epochDay` counts days from 1970-01-01, Monday is weekday 1. */
export interface WallTime {
  readonly epochDay: number;
  readonly weekday: number;
  readonly minuteOfDay: number;
  /** Milliseconds past the minute. */
  readonly restMs: number;
}

/** What tells the clocks of a zone, and what it has told of them. */
interface Clocks {
  readonly formatter: Intl.DateTimeFormat;
  /** Offsets at the edges of quarters of an hour since 1970. */
  readonly atEdges: Map<number, number>;
}

// Making a formatter costs a hundred times its use. Only zones of configured workshops come here, so few are kept.
const known = new Map<string, Clocks>();

// Asking a formatter costs more than the rest of most decisions. No zone has changed its clocks twice in a quarter of an hour.
const QUARTER_MS = 15 * MINUTE_MS;
const MOST_EDGES = 20_000;

function clocksOf(zone: string): Clocks {
  // Names differ in case only by who typed them; one key keeps the memo finite.
  const key = zone.toLowerCase();
  const remembered = known.get(key);
  if (remembered) return remembered;
  if (!isKnown(zone)) {
    throw new CalendarInputError(
      `"${zone.slice(0, 64)}" is not an IANA time zone. Use one such as Europe/Berlin.`,
    );
  }
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const made = { formatter, atEdges: new Map<number, number>() };
  known.set(key, made);
  return made;
}

/**
 * True for a name of the IANA time zone database that this runtime knows, such as `Europe/Berlin`, or for `UTC`. Offsets
 * are refused, and so are abbreviations: `IST` is India to one program and Israel to the next, and to many `CET` has no
 * summer time.
 */
export function isTimeZone(name: string): boolean {
  return (name.includes('/') || name.toUpperCase() === 'UTC') && isKnown(name);
}

function isKnown(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export function offsetMs(zone: string, at: number): number {
  const clocks = clocksOf(zone);
  const edge = Math.floor(at / QUARTER_MS) * QUARTER_MS;
  const before = offsetAtEdge(clocks, edge);
  if (at === edge || before === offsetAtEdge(clocks, edge + QUARTER_MS)) return before;
  return shownOffset(clocks.formatter, at);
}

function offsetAtEdge({ formatter, atEdges }: Clocks, edge: number): number {
  const remembered = atEdges.get(edge);
  if (remembered !== undefined) return remembered;
  const offset = shownOffset(formatter, edge);
  if (atEdges.size >= MOST_EDGES) atEdges.clear();
  atEdges.set(edge, offset);
  return offset;
}

function shownOffset(formatter: Intl.DateTimeFormat, at: number): number {
  const whole = Math.floor(at / 1000) * 1000;
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatter.formatToParts(whole)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** What the clocks of a zone show at an instant. */
export function wallTime(zone: string, at: number): WallTime {
  const local = at + offsetMs(zone, at);
  const epochDay = Math.floor(local / DAY_MS);
  const restOfDay = local - epochDay * DAY_MS;
  return {
    epochDay,
    weekday: weekdayOf(epochDay),
    minuteOfDay: Math.floor(restOfDay / MINUTE_MS),
    restMs: restOfDay % MINUTE_MS,
  };
}

/** The first instant in (beforeAt, afterAt] at which the zone's offset is no longer the one of beforeAt; they must differ. */
export function changeAt(zone: string, beforeAt: number, afterAt: number): number {
  const before = offsetMs(zone, beforeAt);
  let [low, high] = [beforeAt, afterAt];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

// No zone has changed its clocks twice within a week in the last fifty years.
const PROBE_MS = 7 * DAY_MS;

/** The window in pieces between the clock changes of a zone, each with its offset; one without a change comes back whole. */
export function splitAtChanges(zone: string, { fromAt, toAt }: Window): (Window & { offsetMs: number })[] {
  const pieces: (Window & { offsetMs: number })[] = [];
  let [pieceAt, pieceOffset] = [fromAt, offsetMs(zone, fromAt)];
  for (let at = fromAt; at < toAt; at += PROBE_MS) {
    const nextAt = Math.min(at + PROBE_MS, toAt);
    const nextOffset = offsetMs(zone, nextAt);
    if (nextOffset === pieceOffset) continue;
    const turnAt = changeAt(zone, at, nextAt);
    pieces.push({ fromAt: pieceAt, toAt: turnAt, offsetMs: pieceOffset });
    [pieceAt, pieceOffset] = [turnAt, nextOffset];
  }
  if (pieceAt < toAt) pieces.push({ fromAt: pieceAt, toAt, offsetMs: pieceOffset });
  return pieces;
}

/**
 * The first instant at which the clocks of a zone show this minute of this day or later: a time that a clock change
 * skips becomes the change itself, a time that comes twice its first occurrence. So it never decreases as the wall
 * time grows, and windows made of it never turn inside out. `minuteOfDay` may be 1440, the end of the day.
 */
export function wallInstant(zone: string, epochDay: number, minuteOfDay: number): number {
  const local = epochDay * DAY_MS + minuteOfDay * MINUTE_MS;
  const before = offsetMs(zone, local - DAY_MS);
  const after = offsetMs(zone, local + DAY_MS);
  if (before === after || offsetMs(zone, local - before) === before) return local - before;
  if (offsetMs(zone, local - after) === after) return local - after;
  return changeAt(zone, local - after, local - before);
}

/** The day number of a calendar date as in ISO 8601, `2026-11-21`, from the year 1000 on, or null when there is no such date. */
export function epochDayOf(date: string): number | null {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(date)) return null;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days ? Date.UTC(year, month - 1, day) / DAY_MS : null;
}

/** The ISO weekday of a day number: 1 is Monday, 7 is Sunday. */
export function weekdayOf(epochDay: number): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1;
}
