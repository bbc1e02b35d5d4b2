import { divideHalfEven } from '@touchmark/money';
import { PricingInputError } from './tariff.js';

/** Whoever gives at least this notice (hours before the start) pays this percent of the price. */
export interface CancelTier {
  readonly noticeHours: number;
  readonly feePercent: number;
}

export type TiersDecision =
  | { readonly kind: 'TiersAccepted'; readonly tiers: readonly CancelTier[] }
  | { readonly kind: 'TiersInvalid'; readonly row: number; readonly message: string };

const MOST_TIERS = 10;
const MOST_NOTICE_HOURS = 8760;

/** Decides whether notice tiers can be: whole hours strictly descending, fees of 0 to 100 percent, at most ten; `row` counts from 1. */
export function decideTiers(tiers: readonly CancelTier[]): TiersDecision {
  const invalid = (row: number, message: string): TiersDecision => ({ kind: 'TiersInvalid', row, message });
  if (tiers.length > MOST_TIERS) {
    return invalid(MOST_TIERS + 1, `There are ${tiers.length} tiers. Keep at most ${MOST_TIERS}.`);
  }
  for (const [index, { noticeHours, feePercent }] of tiers.entries()) {
    const row = index + 1;
    if (!Number.isInteger(noticeHours) || noticeHours < 0 || noticeHours > MOST_NOTICE_HOURS) {
      return invalid(
        row,
        `Tier ${row} has no notice in whole hours. Give 0 to ${MOST_NOTICE_HOURS} noticeHours.`,
      );
    }
    if (!Number.isInteger(feePercent) || feePercent < 0 || feePercent > 100) {
      return invalid(row, `Tier ${row} has no fee in whole percent. Give a feePercent from 0 to 100.`);
    }
    if (noticeHours >= (tiers[index - 1]?.noticeHours ?? Infinity)) {
      return invalid(
        row,
        `Tier ${row} asks for as much notice as the tier before it, or more. Put most notice first, each once.`,
      );
    }
  }
  return { kind: 'TiersAccepted', tiers };
}

/**
 * What a cancellation costs: the fee of the first tier whose notice is given, of the whole price when none is; half a
 * minor unit goes to the even neighbour. Always between 0 and the price, which must not be negative.
 */
export function cancelFee(tiers: readonly CancelTier[], priceMinor: bigint, noticeMinutes: number): bigint {
  if (priceMinor < 0n) {
    throw new PricingInputError(`A fee was asked for the price ${priceMinor}. Pass a price of 0 or more.`);
  }
  const tier = tiers.find(({ noticeHours }) => noticeMinutes >= noticeHours * 60);
  return tier === undefined ? priceMinor : divideHalfEven(priceMinor * BigInt(tier.feePercent), 100n);
}
