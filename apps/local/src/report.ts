const startedAt = performance.now();

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** A line of progress: what, how it stands, how long it took. */
export function line(what: string, state: string, ms?: number): void {
  console.log(`  ${what.padEnd(14)} ${state}${ms === undefined ? '' : `  ${seconds(ms)}`}`);
}

/** Runs one step and prints its line when it is done; `state` is made from what the step returns. */
export async function step<T>(
  what: string,
  work: () => Promise<T>,
  state: (result: T) => string,
): Promise<T> {
  const from = performance.now();
  const result = await work();
  line(what, state(result), performance.now() - from);
  return result;
}

export function sinceStart(): string {
  return seconds(performance.now() - startedAt);
}
