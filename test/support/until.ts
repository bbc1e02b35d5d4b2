import { poll } from '../../apps/local/src/poll.ts';

/** Waits for a condition instead of sleeping: asks until the answer is neither null nor false, then returns it. */
export function until<T>(
  what: string,
  ask: () => Promise<T | null | false> | T | null | false,
  withinMs = 10_000,
): Promise<T> {
  return poll(what, withinMs, ask, 25);
}
