import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is neither null nor false; throws with `what` when `withinMs` have passed. */
export async function poll<T>(
  what: string,
  withinMs: number,
  ask: () => Promise<T | null | false> | T | null | false,
  everyMs = 50,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (performance.now() > deadline)
      throw new Error(`Waited ${String(withinMs / 1000)} s for ${what}, in vain.`);
    await pause(everyMs);
  }
}
