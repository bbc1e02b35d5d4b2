import { freeForFamily } from './changeover/free-for-family.js';
import type { ChangeoverMatrix } from './changeover/matrix.js';
import { nextPlacements, type NextPlacement } from './changeover/next-placements.js';
import type { StationTimeline } from './changeover/timeline.js';
import { gridWindows } from './grid.js';
import { windowMinutes, type Window } from './window.js';

/** What somebody in a queue for a cell would take: `minutes`, or less down to `leastMinutes`, within two instants. */
export interface WaitingWish {
  readonly id: string;
  /** The place in line: a number that grows with each who joins. */
  readonly turn: number;
  readonly family: string | null;
  /** The window may not start before it. */
  readonly earliestAt: number;
  /** The window may not end after it. */
  readonly latestAt: number;
  /** Both are whole steps of the cell's grid. */
  readonly minutes: number;
  readonly leastMinutes: number;
}

/** A cell as it stands when something may have become free. */
export interface CellNow {
  readonly timelines: readonly StationTimeline[];
  readonly matrix: ChangeoverMatrix;
  readonly zone: string;
  readonly gridMinutes: number;
  readonly horizonAt: number;
  readonly now: number;
}

/** A window that one in the queue is to be given. */
export interface Offer<Wish extends WaitingWish> extends NextPlacement {
  readonly wish: Wish;
  readonly minutes: number;
}

/** What stands against giving a window to one in the queue: nothing, this window, its length, or anything for now. */
export type Willing = 'takes' | 'not-this-window' | 'not-this-length' | 'nothing-now';

// How many windows of one length are tried when something speaks against the first, such as its price.
const TRIES = 8;

/** Queue order: who joined first is first, then the smaller id. */
export function byTurn(a: WaitingWish, b: WaitingWish): number {
  return a.turn - b.turn || (a.id < b.id ? -1 : Number(a.id > b.id));
}

function longestMinutes(cell: CellNow, wish: WaitingWish, range: Window): number {
  const parts = cell.timelines.flatMap((timeline) =>
    freeForFamily(timeline, cell.matrix, wish.family, cell.now, range).filter(
      (gap) => windowMinutes(gap) >= wish.leastMinutes,
    ),
  );
  // Gap by gap: windows of two stations must not be taken for one.
  return parts.reduce(
    (longest, part) =>
      gridWindows(cell.zone, cell.gridMinutes, [part]).reduce(
        (most, window) => Math.max(most, windowMinutes(window)),
        longest,
      ),
    0,
  );
}

/**
 * The windows that a cell has for a wish now, best first, each with its length: the full length if any station has it,
 * else the longest that is not below `leastMinutes` and at most `mostMinutes`; of one length the earliest, of which only
 * a few are tried. Each is to be answered by what stands against it; 'takes' and 'nothing-now' end it.
 */
export function* windowsFor(
  cell: CellNow,
  wish: WaitingWish,
  mostMinutes = Infinity,
): Generator<NextPlacement & { readonly minutes: number }, void, Willing> {
  const range = {
    fromAt: Math.max(wish.earliestAt, cell.now),
    toAt: Math.min(wish.latestAt, cell.horizonAt),
  };
  const least = Math.max(wish.leastMinutes, cell.gridMinutes);
  const affordable = Math.floor(mostMinutes / cell.gridMinutes) * cell.gridMinutes;
  if (Math.min(wish.minutes, affordable) < least) return;
  const most = Math.min(wish.minutes, affordable, longestMinutes(cell, wish, range));
  for (let minutes = most; minutes >= least; minutes -= cell.gridMinutes) {
    // Usually the first is taken, and the others need not be looked for.
    for (const limit of [1, TRIES]) {
      const found = nextPlacements(
        ...([cell.timelines, cell.matrix, wish.family, minutes, range.fromAt, range.toAt] as const),
        ...([cell.zone, cell.gridMinutes, cell.now, limit] as const),
      ).slice(limit === 1 ? 0 : 1);
      let answer: Willing = 'not-this-window';
      for (const window of found) {
        answer = yield { ...window, minutes };
        if (answer !== 'not-this-window') break;
      }
      if (answer === 'takes' || answer === 'nothing-now') return;
      if (answer === 'not-this-length') break;
    }
  }
}

/** The best window that a cell has for a wish now, in the order of windowsFor, that `willing` takes; null when there is none. */
export function offerFor<Wish extends WaitingWish>(
  cell: CellNow,
  wish: Wish,
  willing: (wish: Wish, window: NextPlacement) => Willing = () => 'takes',
): Offer<Wish> | null {
  const windows = windowsFor(cell, wish);
  for (let next = windows.next(); next.done !== true;) {
    const answer = willing(wish, next.value);
    if (answer === 'takes') return { ...next.value, wish };
    next = windows.next(answer);
  }
  return null;
}

/**
 * Who in the queue of a cell is next to be given a window, and which: the first in turn for whom there is one, however
 * long the others have to wait for theirs; null when nobody can be served. Ask again after each offer.
 */
export function chooseOffer<Wish extends WaitingWish>(
  cell: CellNow,
  queue: readonly Wish[],
  willing?: (wish: Wish, window: NextPlacement) => Willing,
): Offer<Wish> | null {
  for (const wish of [...queue].sort(byTurn)) {
    const offer = offerFor(cell, wish, willing);
    if (offer) return offer;
  }
  return null;
}
