/** A calendar by brute force: every minute is looked at by itself. Shares no code with the product. */

/** Epoch minutes. */
export type Minute = number;

export const minuteOf = (at: Date | string | number): Minute => {
  const minute = new Date(at).getTime() / 60_000;
  if (!Number.isInteger(minute)) throw new Error(`${String(at)} is not on a minute.`);
  return minute;
};

export const isoOf = (minute: Minute): string => new Date(minute * 60_000).toISOString();

/** Berlin springs forward in the first night of the workload. */
export const SUMMER_BEGINS = minuteOf('2027-03-28T01:00:00Z');

/** Minutes since 1970 on the wall of Berlin, in 2027 before October. */
export const wallOf = (minute: Minute): number => minute + (minute < SUMMER_BEGINS ? 60 : 120);

/** The number of the week, counted from a Monday, on the wall of Berlin. */
export const weekOf = (minute: Minute): number => Math.floor((Math.floor(wallOf(minute) / 1440) + 3) / 7);

export const OPENS = 8 * 60;
export const CLOSES = 20 * 60;

/** Open from 08:00 to 20:00 on every day, on the wall. */
export const isOpen = (minute: Minute): boolean => {
  const ofDay = wallOf(minute) % 1440;
  return ofDay >= OPENS && ofDay < CLOSES;
};

export interface Span {
  readonly from: Minute;
  readonly to: Minute;
}

export const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;
