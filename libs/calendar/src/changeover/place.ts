import type { Window } from '../window.js';
import { clearBehindAll } from './crowding.js';
import { addChangeovers, type Changeover, type ChangeoverMatrix } from './matrix.js';
import { latestStart, openAround } from './open-time.js';
import { knownFrom, neighboursAt, type Neighbours, type StationTimeline } from './timeline.js';

/** A claim as it has to be: it starts with the changeover before its window. */
export interface LinkedClaim {
  readonly id: string;
  readonly claimFromAt: number;
  readonly changeoverMinutes: number;
}

/** Where a window goes and what that does to its neighbours. */
export interface Placement {
  readonly stationId: string;
  /** The claim runs from here to the end of the window. */
  readonly claimFromAt: number;
  readonly changeover: Changeover;
  /** The next claim on the station as it then has to be, to be written first; null when there is none. */
  readonly successor: LinkedClaim | null;
  /** Changeover caused (positive) or saved (negative) in all. */
  readonly marginal: Changeover;
}

/** The earliest moment at which work for a window may begin: after its predecessor, and a changeover not before now. */
export function floorOf(before: { readonly endsAt: number }, changeover: Changeover, now: number): number {
  return changeover.minutes === 0 ? before.endsAt : Math.max(before.endsAt, now);
}

/**
 * Where the claim of a window starts: at the latest moment that leaves its changeover enough open time. When not that
 * much is known, and nothing that is known stands in the way, where the known hours begin; null when it does not fit.
 */
export function claimStart(
  timeline: StationTimeline,
  fromAt: number,
  changeover: Changeover,
  floorAt: number,
): number | null {
  const startAt = latestStart(timeline.open, fromAt, changeover.minutes);
  if (startAt !== null && startAt >= floorAt) return startAt;
  const knownAt = knownFrom(timeline);
  return startAt === null && floorAt < knownAt ? Math.min(knownAt, fromAt) : null;
}

function successorOf(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  { after }: Neighbours,
  placed: { readonly toAt: number; readonly family: string | null },
): LinkedClaim | null | 'none' {
  if (!after) return 'none';
  const changeover = matrix.between(placed.family, after.family);
  const claimFromAt = latestStart(timeline.open, after.fromAt, changeover.minutes);
  if (claimFromAt === null || claimFromAt < placed.toAt) return null;
  return { id: after.id, claimFromAt, changeoverMinutes: changeover.minutes };
}

/** What a window of a family between two neighbours adds to the changeovers of a station. */
export function marginalOf(
  matrix: ChangeoverMatrix,
  { before, after }: Neighbours,
  family: string | null,
): Changeover {
  const changeover = matrix.between(before.family, family);
  if (!after) return changeover;
  const both = addChangeovers(changeover, matrix.between(family, after.family));
  const saved = matrix.between(before.family, after.family);
  return { minutes: both.minutes - saved.minutes, costMinor: both.costMinor - saved.costMinor };
}

/**
 * Where a window of a family would stand on a station, or null when it cannot: it must be inside open time, overlap
 * no live claim, and leave open time enough for the changeover before it (which cannot begin before now) and for the
 * one before its successor. Where claims stand too close already, it must also leave each one before it its changeover:
 * any of those between may be taken out. One pass over the claims.
 */
export function placeOnStation(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  window: Window,
  family: string | null,
  now: number,
): Placement | null {
  if (window.fromAt >= window.toAt || !openAround(timeline.open, window)) return null;
  const around = neighboursAt(timeline, window.fromAt, now);
  const { before, after } = around;
  if (before.endsAt > window.fromAt || (after && after.fromAt < window.toAt)) return null;
  const changeover = matrix.between(before.family, family);
  const claimFromAt = claimStart(timeline, window.fromAt, changeover, floorOf(before, changeover, now));
  if (claimFromAt === null) return null;
  const successor = successorOf(timeline, matrix, around, { toAt: window.toAt, family });
  if (successor === null) return null;
  if (!clearBehindAll(timeline, matrix, { fromAt: window.fromAt, family }, now)) return null;
  return {
    stationId: timeline.stationId,
    claimFromAt,
    changeover,
    successor: successor === 'none' ? null : successor,
    marginal: marginalOf(matrix, around, family),
  };
}
