import { poll } from '../../apps/local/src/poll.ts';

/**
 * Waits for a condition instead of sleeping: asks until the answer is neither null nor false, then returns it. The deadline
 * stands for never: it ends a test of a broken product and says nothing about how fast a good one is.
 */
export function until<T>(
  what: string,
  ask: () => Promise<T | null | false> | T | null | false,
  withinMs = 120_000,
): Promise<T> {
  return poll(what, withinMs, ask, 25);
}
