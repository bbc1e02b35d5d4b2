/** Notice before the work begins, and the percent of the price that comes back then. */
export interface CancelTier {
  readonly noticeHours: number;
  readonly percentBack: number;
}

/** What an offer gives back: when home members take the capacity back, and when the buyer cancels. */
export interface RefundTerms {
  readonly reclaimPercent: number;
  readonly cancelTiers: readonly CancelTier[];
}

const HOUR_MS = 3_600_000;

/** `percent` of a price in minor units; a broken cent goes to whoever gets the money back. */
export function percentOf(priceMinor: bigint, percent: number): bigint {
  return (priceMinor * BigInt(percent) + 99n) / 100n;
}

/**
 * What comes back when the buyer cancels `noticeMs` before the work begins, in minor units: by the tier with the most
 * notice that is reached, nothing when none is.
 */
export function cancelRefund(terms: RefundTerms, priceMinor: bigint, noticeMs: number): bigint {
  const reached = terms.cancelTiers.filter(({ noticeHours }) => noticeMs >= noticeHours * HOUR_MS);
  const [tier] = reached.toSorted((a, b) => b.noticeHours - a.noticeHours);
  return tier === undefined ? 0n : percentOf(priceMinor, tier.percentBack);
}
