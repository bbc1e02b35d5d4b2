import type { Agreement } from './agreement.js';
import { quotaTargets } from './quota.js';

/** Minor units per payee: the co-op's fee and one amount per party, in the agreement's order. */
export interface WaterfallAmounts {
  readonly feeMinor: bigint;
  readonly parties: readonly { readonly partyId: string; readonly amountMinor: bigint }[];
}

/**
 * What the co-op and each party hold of a running total, in minor units: tier 1 parts the fee from the rest, tier 2
 * parts the rest among the parties, each tier by the quota method of its own running total. Both tiers rise with the
 * total, so nobody is ever lowered by a sale; each amount is within quota of its tier.
 */
export function waterfallTargets(agreement: Agreement, totalMinor: bigint): WaterfallAmounts {
  const [feeMinor = 0n, restMinor = 0n] = quotaTargets(
    [agreement.feeWeight, agreement.restWeight],
    totalMinor,
  );
  const targets = quotaTargets(
    agreement.parties.map(({ weight }) => weight),
    restMinor,
  );
  return {
    feeMinor,
    parties: agreement.parties.map(({ partyId }, index) => ({ partyId, amountMinor: targets[index] ?? 0n })),
  };
}

/**
 * What the co-op and each party gain when the running total moves, in minor units: positive for a sale, negative for
 * a refund, and the same movement back is the exact mirror.
 */
export function waterfallAllocate(
  agreement: Agreement,
  totalBeforeMinor: bigint,
  totalAfterMinor: bigint,
): WaterfallAmounts {
  const before = waterfallTargets(agreement, totalBeforeMinor);
  const after = waterfallTargets(agreement, totalAfterMinor);
  return {
    feeMinor: after.feeMinor - before.feeMinor,
    parties: after.parties.map(({ partyId, amountMinor }, index) => ({
      partyId,
      amountMinor: amountMinor - (before.parties[index]?.amountMinor ?? 0n),
    })),
  };
}
