import { divideHalfEven } from '@touchmark/money';
import { PricingInputError } from './tariff.js';

/** Whether the minutes really used change a frozen price: never, only upwards, or both ways. */
export type ActualMinutesRule = 'frozen' | 'up' | 'both';

/** A frozen price, and what prepaid minutes had taken off it; both in minor units, 0 or more. */
export interface FrozenPrice {
  readonly priceMinor: bigint;
  readonly prepaidMinor: bigint;
}

/**
 * What a booking costs once its minutes are known, as far as the rule lets its frozen price move: minutes not used take
 * off their part of that price; minutes over cost their part of what it was before prepaid minutes, which paid for booked
 * time alone. Half a minor unit goes to the even neighbour. Throws PricingInputError for minutes that are not whole and
 * above zero, and for a price below 0.
 */
export function actualPrice(
  rule: ActualMinutesRule,
  { priceMinor, prepaidMinor }: FrozenPrice,
  bookedMinutes: number,
  usedMinutes: number,
): bigint {
  const whole = [bookedMinutes, usedMinutes].every((minutes) => Number.isSafeInteger(minutes) && minutes > 0);
  if (!whole || priceMinor < 0n || prepaidMinor < 0n) {
    throw new PricingInputError(
      `${usedMinutes} of ${bookedMinutes} minutes at ${priceMinor} and ${prepaidMinor} prepaid have no price. Pass whole minutes above zero and prices of 0 or more.`,
    );
  }
  const [booked, used] = [BigInt(bookedMinutes), BigInt(usedMinutes)];
  if (rule === 'frozen' || (rule === 'up' && used < booked)) return priceMinor;
  const over = used > booked ? prepaidMinor * (used - booked) : 0n;
  return divideHalfEven(priceMinor * used + over, booked);
}
