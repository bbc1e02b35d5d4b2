import { firstFit, gridWindows } from '../grid.js';
import { MINUTE_MS, type Window } from '../window.js';
import { choosePlacement } from './choose-placement.js';
import { freeForFamily } from './free-for-family.js';
import type { Changeover, ChangeoverMatrix } from './matrix.js';
import type { StationTimeline } from './timeline.js';

/** A window that could be held now, on which station, and the changeover that it causes or saves. */
export interface NextPlacement extends Window {
  readonly stationId: string;
  readonly marginal: Changeover;
}

/** The starts in one free stretch: the first, and from it on whole lengths, so that no two of them overlap. */
function startsIn(zone: string, gridMinutes: number, gap: Window, lengthMs: number, limit: number): number[] {
  const onGrid = gridWindows(zone, gridMinutes, [gap]);
  const starts: number[] = [];
  let startAt = firstFit(gridMinutes, onGrid, lengthMs, gap.fromAt);
  while (startAt !== null && starts.length < limit) {
    starts.push(startAt);
    startAt = firstFit(gridMinutes, onGrid, lengthMs, startAt + lengthMs);
  }
  return starts;
}

/**
 * The next windows of so many minutes that a family could have, earliest first, at most `limit`: not before `fromAt`
 * or now, ending by `horizonAt`, on the grid, each on the station that choosePlacement gives it.
 */
export function nextPlacements(
  timelines: readonly StationTimeline[],
  matrix: ChangeoverMatrix,
  family: string | null,
  minutes: number,
  fromAt: number,
  horizonAt: number,
  zone: string,
  gridMinutes: number,
  now: number,
  limit: number,
): NextPlacement[] {
  const lengthMs = minutes * MINUTE_MS;
  const range = { fromAt: Math.max(fromAt, now), toAt: horizonAt };
  const gaps = timelines
    .flatMap((timeline) => freeForFamily(timeline, matrix, family, now, range))
    .filter((gap) => gap.toAt - gap.fromAt >= lengthMs)
    .sort((a, b) => a.fromAt - b.fromAt);
  let starts: number[] = [];
  for (const gap of gaps) {
    // The grid of a zone is dear to work out, and no later gap can have an earlier start.
    if (starts.length >= limit && gap.fromAt >= (starts[limit - 1] ?? Infinity)) break;
    starts = [...new Set([...starts, ...startsIn(zone, gridMinutes, gap, lengthMs, limit)])].sort(
      (a, b) => a - b,
    );
  }
  return starts.slice(0, limit).flatMap((startAt) => {
    const window = { fromAt: startAt, toAt: startAt + lengthMs };
    const chosen = choosePlacement(timelines, matrix, window, family, now);
    if (!chosen) return [];
    return [{ ...window, stationId: chosen.placement.stationId, marginal: chosen.placement.marginal }];
  });
}
