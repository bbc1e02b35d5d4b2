import { CalendarInputError } from '../window.js';
import type { ChangeoverMatrix } from './matrix.js';
import { crowdedIds, tooClose, type TooClose } from './crowding.js';
import { latestStart } from './open-time.js';
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

/** A claim as it has to be, and whether it stands too close to any before it. */
export interface RelinkedClaim extends LinkedClaim {
  readonly crowded: boolean;
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
 * `id` was not loaded. By the triangle inequality of the matrix it fits, unless it is crowded: then it gets what there is,
 * and was listed when that came about. End `id` first, then write this.
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

/** All live claims of a station as they have to be now: for new hours, for a new matrix, and when holds have lapsed. */
export function relink(timeline: StationTimeline, matrix: ChangeoverMatrix, now: number): RelinkedClaim[] {
  const crowded = crowdedIds(timeline, matrix, now);
  return pairs(timeline, now).map(([before, claim]) => ({
    ...link(timeline, matrix, before, claim),
    crowded: crowded.has(claim.id),
  }));
}

/** The pairs of live neighbours that overlap or have too little open time between them for the changeover in force. */
export function violations(timeline: StationTimeline, matrix: ChangeoverMatrix, now: number): TooClose[] {
  return pairs(timeline, now).flatMap(([before, claim]) => {
    const missing = tooClose(timeline, matrix, before, claim);
    return missing ? [{ beforeId: before.id, afterId: claim.id, ...missing }] : [];
  });
}
