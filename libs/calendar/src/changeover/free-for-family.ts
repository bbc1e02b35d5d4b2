import { clip, type Window } from '../window.js';
import { farBefore } from './crowding.js';
import type { ChangeoverMatrix } from './matrix.js';
import { earliestEnd, lastBefore, latestStart } from './open-time.js';
import { floorOf } from './place.js';
import {
  asBefore,
  beforeAll,
  knownFrom,
  liveInOrder,
  type Before,
  type Neighbours,
  type StationTimeline,
} from './timeline.js';

/** The bounds that two neighbours leave to a window of a family between them, changeovers taken off; null when none. */
export function roomBetween(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  { before, after }: Neighbours,
  family: string | null,
  now: number,
): Window | null {
  const { open } = timeline;
  const changeover = matrix.between(before.family, family);
  const floorAt = floorOf(before, changeover, now);
  const fromAt = floorAt < knownFrom(timeline) ? floorAt : earliestEnd(open, floorAt, changeover.minutes);
  const toAt = after
    ? latestStart(open, after.fromAt, matrix.between(family, after.family).minutes)
    : Infinity;
  return fromAt === null || toAt === null || fromAt >= toAt ? null : { fromAt, toAt };
}

// From when on a window of a family is clear of a claim before it, were there no other between them.
function clearFrom(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  before: Before,
  family: string | null,
): number {
  if (before.endsAt < knownFrom(timeline)) return before.endsAt;
  const { minutes } = matrix.between(before.family, family);
  return earliestEnd(timeline.open, before.endsAt, minutes) ?? Infinity;
}

const EVER: Window = { fromAt: -Infinity, toAt: Infinity };

/**
 * The true free windows of a station for a family, as far as they lie within `range`: a window of it fits
 * (placeOnStation) exactly when one of these has all of it. Sorted; time before now counts as free unless a changeover
 * would have to begin in it.
 */
export function freeForFamily(
  timeline: StationTimeline,
  matrix: ChangeoverMatrix,
  family: string | null,
  now: number,
  range: Window = EVER,
): Window[] {
  const { open } = timeline;
  const live = liveInOrder(timeline, now);
  const free: Window[] = [];
  // What ended before this is clear of all that can be in the range.
  const farAt = farBefore(timeline, matrix, range.fromAt);
  let clearAt = -Infinity;
  for (let index = 0; index <= live.length; index += 1) {
    const [last, after] = [live[index - 1], live[index] ?? null];
    const before = last ? asBefore(last) : beforeAll(timeline);
    if (before.endsAt > farAt) clearAt = Math.max(clearAt, clearFrom(timeline, matrix, before, family));
    if (after && after.fromAt <= range.fromAt) continue;
    if (before.endsAt >= range.toAt) break;
    const between = roomBetween(timeline, matrix, { before, after }, family, now);
    const room = between && clip(between, { ...range, fromAt: Math.max(range.fromAt, clearAt) });
    if (!room) continue;
    for (let at = Math.max(0, lastBefore(open, room.fromAt)); at < open.length; at += 1) {
      const hours = open[at];
      if (!hours || hours.fromAt >= room.toAt) break;
      const part = clip(hours, room);
      if (part) free.push(part);
    }
  }
  return free;
}
