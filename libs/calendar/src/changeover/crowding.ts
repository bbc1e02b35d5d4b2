import type { ChangeoverMatrix } from './matrix.js';
import { latestStart, openMinutes } from './open-time.js';
import {
  asBefore,
  beforeAll,
  isLive,
  knownFrom,
  liveInOrder,
  type Before,
  type StationClaim,
  type StationTimeline,
} from './timeline.js';

/** Two claims with less open time between them than the changeover in force needs. */
export interface TooClose {
  /** Null when the first of them stands before the loaded claims. */
  readonly beforeId: string | null;
  readonly afterId: string;
  readonly neededMinutes: number;
  readonly openMinutes: number;
}

type Later = Pick<StationClaim, 'fromAt' | 'family'>;

/** What is missing between two claims of a station, were there none between them; null when nothing is. */
export function tooClose(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  before: Before,
  later: Later,
): Omit<TooClose, 'beforeId' | 'afterId'> | null {
  const { minutes } = matrix.between(before.family, later.family);
  const overlaps = before.endsAt > later.fromAt;
  if (!overlaps && (minutes === 0 || before.endsAt < knownFrom(timeline))) return null;
  const found = openMinutes(timeline.open, before.endsAt, later.fromAt);
  return overlaps || minutes > found ? { neededMinutes: minutes, openMinutes: found } : null;
}

/**
 * What ended before this moment is clear of whatever starts at another, whichever families they have; -Infinity where fewer
 * hours are known than the longest changeover takes.
 */
export function farBefore({ open }: StationTimeline, matrix: ChangeoverMatrix, fromAt: number): number {
  return latestStart(open, fromAt, matrix.longestMinutes) ?? -Infinity;
}

/** Whether every live claim before a window, near and far, leaves it its changeover, were there no other between them. */
export function clearBehindAll(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  window: Later,
  now: number,
): boolean {
  const farAt = farBefore(timeline, matrix, window.fromAt);
  const clear = (before: Before): boolean =>
    before.endsAt <= farAt || tooClose(timeline, matrix, before, window) === null;
  return (
    clear(beforeAll(timeline)) &&
    timeline.claims.every(
      (claim) =>
        claim.toAt <= farAt || claim.fromAt >= window.fromAt || !isLive(claim, now) || clear(asBefore(claim)),
    )
  );
}

// Those of `earlier`, which has one more before the claim at `index`, that it stands too close to, the nearest first.
function* closeBefore(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  earlier: readonly Before[],
  claim: StationClaim,
  index: number,
): Generator<TooClose, void> {
  const farAt = farBefore(timeline, matrix, claim.fromAt);
  for (let at = index; at >= 0; at -= 1) {
    const before = earlier[at];
    if (!before || before.endsAt <= farAt) return;
    const missing = tooClose(timeline, matrix, before, claim);
    if (missing) yield { beforeId: before.id, afterId: claim.id, ...missing };
  }
}

// For each live claim, by start, those before it that it stands too close to, as they are asked for.
function closePairs(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  now: number,
): Generator<TooClose, void>[] {
  const live = liveInOrder(timeline, now);
  const earlier = [beforeAll(timeline), ...live.map(asBefore)];
  return live.map((claim, index) => closeBefore(timeline, matrix, earlier, claim, index));
}

/**
 * All pairs of live claims that stand too close, neighbours or not: by the triangle inequality there are none without
 * neighbours among them, but once what is between the others has gone, they are the neighbours. By start of the later.
 */
export function crowding(timeline: StationTimeline, matrix: ChangeoverMatrix, now: number): TooClose[] {
  return closePairs(timeline, matrix, now).flatMap((pairs) => [...pairs]);
}

/** The ids of all live claims that stand too close to any before them: the later ones of `crowding`, without all its pairs. */
export function crowdedIds(timeline: StationTimeline, matrix: ChangeoverMatrix, now: number): Set<string> {
  return new Set(closePairs(timeline, matrix, now).flatMap((pairs) => pairs.next().value?.afterId ?? []));
}
