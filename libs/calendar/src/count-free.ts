import type { Window } from './window.js';

/** A stretch of time and how many stations are free all through it. */
export interface CountedWindow extends Window {
  readonly count: number;
}

/**
 * The maximal windows in which at least one of the stations is free, split where the number of free ones changes;
 * `free` has one list of windows per station, none of which overlap within a list. Sorted by start.
 */
export function countFree(free: readonly (readonly Window[])[]): CountedWindow[] {
  const changes = new Map<number, number>();
  for (const { fromAt, toAt } of free.flat()) {
    changes.set(fromAt, (changes.get(fromAt) ?? 0) + 1);
    changes.set(toAt, (changes.get(toAt) ?? 0) - 1);
  }
  const counted: CountedWindow[] = [];
  let [count, since] = [0, 0];
  for (const [at, change] of [...changes].sort(([a], [b]) => a - b)) {
    if (change === 0) continue;
    if (count > 0) counted.push({ fromAt: since, toAt: at, count });
    count += change;
    since = at;
  }
  return counted;
}
