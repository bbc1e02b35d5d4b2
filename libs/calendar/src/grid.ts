import { CalendarInputError, clip, mergeWindows, MINUTE_MS, type Window } from './window.js';
import { splitAtChanges, wallTime } from './zone.js';

/** True for the grids that a cell may have: whole minutes that divide the day, from 5 minutes to a day. */
export function isGrid(gridMinutes: number): boolean {
  return Number.isInteger(gridMinutes) && gridMinutes >= 5 && 1440 % gridMinutes === 0;
}

function checked(gridMinutes: number): number {
  if (isGrid(gridMinutes)) return gridMinutes;
  throw new CalendarInputError(
    `A grid of ${gridMinutes} minutes does not divide the day. Use 5, 10, 15, 20, 30, 60 …`,
  );
}

/** True when the clocks of the zone show a whole multiple of the grid since their midnight. */
export function onGrid(zone: string, gridMinutes: number, at: number): boolean {
  const { minuteOfDay, restMs } = wallTime(zone, at);
  return restMs === 0 && minuteOfDay % checked(gridMinutes) === 0;
}

/** A stretch with one offset, and whether its end is on the grid by the clocks that go on from there. */
interface Piece extends Window {
  readonly offsetMs: number;
  readonly endsOnGrid: boolean;
}

// Between two clock changes the grid is regular: local time in steps from local midnight.
function shrink(gridMs: number, window: Window, piece: Piece): Window | null {
  const part = clip(window, piece);
  if (!part) return null;
  const { offsetMs } = piece;
  const fromAt = Math.ceil((part.fromAt + offsetMs) / gridMs) * gridMs - offsetMs;
  const toAt = Math.floor((part.toAt + offsetMs) / gridMs) * gridMs - offsetMs;
  // At the change itself the clocks already show the new time, which need not be on the grid.
  return { fromAt, toAt: toAt === piece.toAt && !piece.endsOnGrid ? toAt - gridMs : toAt };
}

/**
 * The parts of windows that can be booked on a grid: both edges on it and a whole number of grid steps long. Where
 * a clock change does not fit the grid (60 minutes, a change of 30) a window becomes two.
 */
export function gridWindows(zone: string, gridMinutes: number, windows: readonly Window[]): Window[] {
  const gridMs = checked(gridMinutes) * MINUTE_MS;
  const fromAt = windows.reduce((least, window) => Math.min(least, window.fromAt), Infinity);
  const toAt = windows.reduce((most, window) => Math.max(most, window.toAt), -Infinity);
  if (fromAt >= toAt) return [];
  // The zone is asked once for all of them: its answers are dear, and a busy calendar has thousands of gaps.
  const pieces = splitAtChanges(zone, { fromAt, toAt }).map((piece) => ({
    ...piece,
    endsOnGrid: onGrid(zone, gridMinutes, piece.toAt),
  }));
  const parts = windows.flatMap((window) => pieces.map((piece) => shrink(gridMs, window, piece)));
  return mergeWindows(parts.filter((part) => part !== null));
}

/** The first grid start at or after `notBeforeAt` from which `lengthMs` fits into one of the sorted grid windows, or null. */
export function firstFit(
  gridMinutes: number,
  windows: readonly Window[],
  lengthMs: number,
  notBeforeAt: number,
): number | null {
  const gridMs = checked(gridMinutes) * MINUTE_MS;
  for (const { fromAt, toAt } of windows) {
    const steps = Math.max(0, Math.ceil((notBeforeAt - fromAt) / gridMs));
    const startAt = fromAt + steps * gridMs;
    if (startAt + lengthMs <= toAt) return startAt;
  }
  return null;
}
