import { CalendarInputError } from '../window.js';
import type { ChangeoverMatrix } from './matrix.js';
import { latestStart, openMinutes } from './open-time.js';
import type { LinkedClaim } from './place.js';
import {
  asBefore,
  beforeAll,
  knownFrom,
  liveInOrder,
  neighboursAt,
  type Before,
  type StationClaim,
  type StationTimeline,
} from './timeline.js';

/** Two neighbours with less open time between them than the changeover in force needs. */
export interface TooClose {
  /** Null when the first of them stands before the loaded claims. */
  readonly beforeId: string | null;
  readonly afterId: string;
  readonly neededMinutes: number;
  readonly openMinutes: number;
}

// What stands already is never moved or refused: a pair that no longer fits gets what is there, and is listed apart.
function link(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  before: Before,
  claim: StationClaim,
): LinkedClaim {
  const { minutes } = matrix.between(before.family, claim.family);
  const startAt = latestStart(timeline.open, claim.fromAt, minutes) ?? knownFrom(timeline);
  const claimFromAt = Math.min(claim.fromAt, Math.max(startAt, before.endsAt));
  return { id: claim.id, claimFromAt, changeoverMinutes: minutes };
}

/**
 * The claim of the successor as it has to be once the claim `id` has ended, or null when it has none; throws when
 * `id` was not loaded. By the triangle inequality of the matrix it always fits. End `id` first, then write this.
 */
export function removeFromStation(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  id: string,
  now: number,
): LinkedClaim | null {
  const ended = timeline.claims.find((claim) => claim.id === id);
  if (!ended) {
    throw new CalendarInputError(
      `Claim ${id} is not on the loaded timeline. Load the range that it lies in.`,
    );
  }
  const { before, after } = neighboursAt(timeline, ended.fromAt, now, id);
  return after && link(timeline, matrix, before, after);
}

function pairs(timeline: StationTimeline, now: number): (readonly [Before, StationClaim])[] {
  const live = liveInOrder(timeline, now);
  return live.map((claim, index) => {
    const last = live[index - 1];
    return [last ? asBefore(last) : beforeAll(timeline), claim] as const;
  });
}

/** All live claims of a station as they have to be now: for checks, for a new matrix, and when holds have lapsed. */
export function relink(timeline: StationTimeline, matrix: ChangeoverMatrix, now: number): LinkedClaim[] {
  return pairs(timeline, now).map(([before, claim]) => link(timeline, matrix, before, claim));
}

/** The pairs of live neighbours that overlap or have too little open time between them for the changeover in force. */
export function violations(timeline: StationTimeline, matrix: ChangeoverMatrix, now: number): TooClose[] {
  return pairs(timeline, now).flatMap(([before, claim]) => {
    const { minutes } = matrix.between(before.family, claim.family);
    const found = openMinutes(timeline.open, before.endsAt, claim.fromAt);
    const tooClose =
      before.endsAt > claim.fromAt || (minutes > found && before.endsAt >= knownFrom(timeline));
    if (!tooClose) return [];
    return [{ beforeId: before.id, afterId: claim.id, neededMinutes: minutes, openMinutes: found }];
  });
}
