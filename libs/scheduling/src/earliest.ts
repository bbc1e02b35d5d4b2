import { clip, freeWindows, gridWindows, MINUTE_MS, type Window } from '@touchmark/calendar';
import type { RunCell } from './run.js';

/** A station within its cell, whose hours, zone and grid it follows. */
export interface StationTime {
  readonly cell: RunCell;
  readonly station: RunCell['stations'][number];
}

/** Where and when an operation would run, and when it would be done. */
export interface Placement {
  readonly cellId: string;
  readonly stationId: string;
  readonly chunks: readonly Window[];
  readonly endsAt: number;
}

/** The earliest chunks inside bounds that give a station this many minutes (whole grid steps), or null when they do not fit. */
export function earliestOn(
  { cell, station }: StationTime,
  minutes: number,
  bounds: Window,
): Placement | null {
  const within = cell.open.map((window) => clip(window, bounds)).filter((window) => window !== null);
  const chunks: Window[] = [];
  let leftMs = minutes * MINUTE_MS;
  for (const window of gridWindows(cell.zone, cell.gridMinutes, freeWindows(within, station.busy))) {
    const toAt = Math.min(window.toAt, window.fromAt + leftMs);
    chunks.push({ fromAt: window.fromAt, toAt });
    leftMs -= toAt - window.fromAt;
    if (leftMs === 0) return { cellId: cell.cellId, stationId: station.stationId, chunks, endsAt: toAt };
  }
  return null;
}
