import { currencyScale } from './currencies.js';
import { divideHalfEven, MoneyInputError } from './rational.js';

/** An exact sum in minor units (cents) of an ISO 4217 currency. */
export interface Money {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** A text or currency that cannot be read as a sum of money; the message says what is accepted. */
export interface MoneyUnreadable {
  readonly kind: 'MoneyUnreadable';
  readonly message: string;
}

function scaleOf(currency: string): number {
  const scale = currencyScale(currency);
  if (scale === null) {
    throw new MoneyInputError(`"${currency}" is not an ISO 4217 currency. Check it where it comes in.`);
  }
  return scale;
}

/** Reads a decimal such as `12.34` or `-5` as minor units; more digits than the currency has are refused, never rounded. */
export function parseAmount(
  text: string,
  currency: string,
): { kind: 'MoneyRead'; money: Money } | MoneyUnreadable {
  const scale = currencyScale(currency);
  if (scale === null) {
    return {
      kind: 'MoneyUnreadable',
      message: `"${currency.slice(0, 12)}" is not a currency we know. Use a three-letter ISO 4217 code such as EUR.`,
    };
  }
  const match = /^(-?)([0-9]{1,15})(?:\.([0-9]{1,4}))?$/.exec(text.trim());
  const [, sign = '', whole = '', places = ''] = match ?? [];
  if (!match || places.length > scale) {
    const example = scale === 0 ? '1200' : `12.${'3456'.slice(0, scale)}`;
    return {
      kind: 'MoneyUnreadable',
      message:
        `"${text.slice(0, 40)}" is not an amount in ${currency}. ` +
        `Write it with a point and at most ${scale} decimals, such as ${example}.`,
    };
  }
  const magnitude = BigInt(whole + places.padEnd(scale, '0'));
  return { kind: 'MoneyRead', money: { amountMinor: sign ? -magnitude : magnitude, currency } };
}

/** The amount as a plain decimal in the currency's own scale, `12.34`; throws MoneyInputError for an unknown currency. */
export function formatAmount({ amountMinor, currency }: Money): string {
  const scale = scaleOf(currency);
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(scale + 1, '0');
  const cut = digits.length - scale;
  const sign = amountMinor < 0n ? '-' : '';
  return sign + digits.slice(0, cut) + (scale === 0 ? '' : `.${digits.slice(cut)}`);
}

/** The amount and its currency as text, `12.34 EUR`. */
export function formatMoney(money: Money): string {
  return `${formatAmount(money)} ${money.currency}`;
}

/** The exact sum of two amounts; throws MoneyInputError when their currencies differ. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw new MoneyInputError(`${a.currency} and ${b.currency} were added. Convert or keep them apart.`);
  }
  return { amountMinor: a.amountMinor + b.amountMinor, currency: a.currency };
}

/**
 * The price of whole `minutes` at a rate per hour in minor units: rate * minutes / 60, rounded half to even,
 * so many short bookings are not biased against either side. This is the only place where a price is rounded.
 */
export function priceOfMinutes(hourlyRateMinor: bigint, minutes: number): bigint {
  if (!Number.isSafeInteger(minutes) || minutes < 0) {
    throw new MoneyInputError(`A price was asked for ${minutes} minutes. Pass whole minutes, 0 or more.`);
  }
  return divideHalfEven(hourlyRateMinor * BigInt(minutes), 60n);
}
