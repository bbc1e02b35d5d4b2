const HOUR_MS = 3_600_000;

/** For how many hours a quote may stand, the longest first. */
export const VALID_HOURS = [24, 4, 1] as const;

/** A window of validity that a promise was worked out for, in epoch milliseconds. */
export interface PromiseTry {
  readonly validUntil: number;
  /** The earliest instant at which work can begin when the quote is accepted in its last moment. */
  readonly workFrom: number;
}

/** The validities to try for a quote asked at `now` (epoch milliseconds) of an offer with `leadHours` before work begins. */
export function promiseTries(now: number, leadHours: number): PromiseTry[] {
  return VALID_HOURS.map((hours) => ({
    validUntil: now + hours * HOUR_MS,
    workFrom: now + (hours + leadHours) * HOUR_MS,
  }));
}

export type PromiseDecision =
  | { readonly kind: 'Promised'; readonly validUntil: number; readonly promisedAt: number }
  | { readonly kind: 'WantedTooSoon'; readonly earliestAt: number; readonly message: string }
  | { readonly kind: 'NoCapacity'; readonly message: string };

/**
 * Decides the promise of a quote: the longest validity whose work ends by `wantedBy` (any, when it is null). `plannedEnds`
 * answers to `tries` one by one, null where there is no room; instants are epoch milliseconds.
 */
export function decidePromise(
  tries: readonly PromiseTry[],
  plannedEnds: readonly (number | null)[],
  wantedBy: number | null,
): PromiseDecision {
  const planned = tries.flatMap(({ validUntil }, index) => {
    const promisedAt = plannedEnds[index] ?? null;
    return promisedAt === null ? [] : [{ validUntil, promisedAt }];
  });
  const [kept] = planned.filter(({ promisedAt }) => wantedBy === null || promisedAt <= wantedBy);
  if (kept !== undefined) return { kind: 'Promised', ...kept };
  if (planned.length === 0) {
    const message =
      'The provider has no room for this batch within 60 days. Ask for fewer units or ask later.';
    return { kind: 'NoCapacity', message };
  }
  const earliestAt = planned.reduce((least, { promisedAt }) => Math.min(least, promisedAt), Infinity);
  const message = `The work cannot be done by then: the earliest is ${new Date(earliestAt).toISOString()}. Ask for that time or later.`;
  return { kind: 'WantedTooSoon', earliestAt, message };
}
