import type { Window } from '../window.js';
import { roomBetween } from './free-for-family.js';
import type { ChangeoverMatrix } from './matrix.js';
import { openAround } from './open-time.js';
import { placeOnStation, type Placement } from './place.js';
import { neighboursAt, type StationTimeline } from './timeline.js';

/** A placement and why this station and no other, as a sentence for a person. */
export interface ChosenPlacement {
  readonly placement: Placement;
  readonly because: string;
}

interface Candidate {
  readonly timeline: StationTimeline;
  readonly placement: Placement;
  /** Free stretches that would be left beside the window, and their length in all. */
  readonly remainders: number;
  readonly restMs: number;
}

function candidate(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  window: Window,
  family: string | null,
  now: number,
): Candidate[] {
  const placement = placeOnStation(timeline, matrix, window, family, now);
  const hours = openAround(timeline.open, window);
  const room = roomBetween(timeline, matrix, neighboursAt(timeline, window.fromAt, now), family, now);
  if (!placement || !hours || !room) return [];
  // What lies before now is lost and counts as no remainder.
  const beforeMs = Math.max(0, window.fromAt - Math.max(hours.fromAt, room.fromAt, now));
  const afterMs = Math.min(hours.toAt, room.toAt) - window.toAt;
  const remainders = Number(beforeMs > 0) + Number(afterMs > 0);
  return [{ timeline, placement, remainders, restMs: beforeMs + afterMs }];
}

const minutes = (count: number): string => `${count} minute${count === 1 ? '' : 's'}`;

function because(
  best: Candidate,
  next: Candidate | undefined,
  stations: number,
  family: string | null,
): string {
  const name = `Station ${best.timeline.number}`;
  if (!next) {
    return stations === 1
      ? `${name} can take the window.`
      : `${name} is the only one that can take the window.`;
  }
  const [caused, other] = [best.placement.marginal.minutes, next.placement.marginal.minutes];
  if (caused < other) {
    const ready = best.placement.changeover.minutes === 0 && family !== null;
    const more = `any other that is free needs at least ${minutes(other - caused)} more of changeover.`;
    return ready ? `${name} is ready for ${family}; ${more}` : `${name} needs the least changeover; ${more}`;
  }
  if (best.remainders !== next.remainders || best.restMs !== next.restMs) {
    const left =
      ['no gap', 'a gap on one side only', 'the shortest gaps'][best.remainders] ?? 'the shortest gaps';
    return `${name} leaves the calendar least broken up: ${left} beside the window.`;
  }
  return `${name} suits as well as any other that is free.`;
}

/**
 * The station for a window of a family, and why: the least changeover caused, then the fewest free remainders beside
 * it, then the smallest remainder in all, then the smallest id; null when none can take it.
 */
export function choosePlacement(
  timelines: readonly StationTimeline[],
  matrix: ChangeoverMatrix,
  window: Window,
  family: string | null,
  now: number,
): ChosenPlacement | null {
  const [best, next] = timelines
    .flatMap((timeline) => candidate(timeline, matrix, window, family, now))
    .sort(
      (a, b) =>
        a.placement.marginal.minutes - b.placement.marginal.minutes ||
        a.remainders - b.remainders ||
        a.restMs - b.restMs ||
        (a.timeline.stationId < b.timeline.stationId ? -1 : 1),
    );
  return best ? { placement: best.placement, because: because(best, next, timelines.length, family) } : null;
}
