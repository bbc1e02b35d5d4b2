import { divideHalfEven } from '@touchmark/money';
import { PricingInputError } from './tariff.js';

/** Whether the minutes really used change a frozen price: never, only upwards, or both ways. */
export type ActualMinutesRule = 'frozen' | 'up' | 'both';

/**
 * What a booking costs once its minutes are known: its frozen price (minor units, 0 or more) in proportion to what was
 * used of what was booked, as far as the rule lets it move; half a minor unit goes to the even neighbour. Throws
 * PricingInputError for minutes that are not whole and above zero.
 */
export function actualPrice(
  rule: ActualMinutesRule,
  priceMinor: bigint,
  bookedMinutes: number,
  usedMinutes: number,
): bigint {
  const whole = [bookedMinutes, usedMinutes].every((minutes) => Number.isSafeInteger(minutes) && minutes > 0);
  if (!whole || priceMinor < 0n) {
    throw new PricingInputError(
      `${usedMinutes} of ${bookedMinutes} minutes at ${priceMinor} have no price. Pass whole minutes above zero and a price of 0 or more.`,
    );
  }
  const byMinutes = divideHalfEven(priceMinor * BigInt(usedMinutes), BigInt(bookedMinutes));
  if (rule === 'frozen' || (rule === 'up' && byMinutes < priceMinor)) return priceMinor;
  return byMinutes;
}
