const DAY_SECONDS = 86_400;

/** Thrown when no node told its time: without one nothing says until when, which is not never. */
export class NoTimeError extends Error {
  override readonly name = 'NoTimeError';
}

/**
 * Until which second since 1970 claims of a batch need the co-signature, from the times of the nodes' newest blocks; 0 for
 * none. The middle one counts, the later of two: one node that lags would end it early, one that runs ahead would have the
 * contract refuse the batch as too far ahead of its block.
 */
export function cosignUntilOf(times: readonly number[], days: number): number {
  if (days === 0) return 0;
  const middle = times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)];
  if (middle === undefined) throw new NoTimeError('Got the time of no node, expected that of one or more.');
  return middle + days * DAY_SECONDS;
}
