import { windowMinutes, type Window } from '@touchmark/calendar';
import { addRational, compareRational, divideHalfEven, rational, type Rational } from '@touchmark/money';
import { bandMinutes } from './band-minutes.js';
import { loadPerTenThousand } from './load.js';
import { PricingInputError, type Tariff } from './tariff.js';

export type PriceLineCode =
  'base' | 'peak' | 'quiet' | 'load' | 'class' | 'peer' | 'changeover' | 'credit' | 'bound';

/** One line of a quote: what it is for, the minutes it is about where it is about some, and its part of the total in minor units. */
export interface PriceLine {
  readonly code: PriceLineCode;
  readonly label: string;
  readonly minutes: number | null;
  readonly amountMinor: bigint;
}

/** The lines of a price, which sum to its total to the minor unit; the total is never negative. */
export interface PriceQuote {
  readonly lines: readonly PriceLine[];
  readonly totalMinor: bigint;
}

export type Buyer = { readonly kind: 'member'; readonly class: string } | { readonly kind: 'peer' };

/** All that a price is made of: instants in epoch milliseconds, money in minor units, whole minutes. */
export interface QuoteRequest {
  readonly tariff: Tariff;
  readonly hourlyRateMinor: bigint;
  readonly window: Window;
  readonly zone: string;
  /** Of the local day of the window's start, as dayUtilisation gives it, without this booking. */
  readonly utilisationPercent: number;
  /** From the booking to the start of the window. */
  readonly leadMinutes: number;
  readonly buyer: Buyer;
  /** Changeovers that this booking causes (above 0) or saves (below 0) on its station. */
  readonly marginal: { readonly minutes: number; readonly costMinor: bigint };
  /** Minutes of the window that prepaid credit pays, whatever the time of the week. */
  readonly creditMinutes: number;
}

// Exact until it is shown: each line is the difference of two rounded running sums. So the lines sum to the rounded
// exact price, and it does not matter into how many bands the same hours are written.
class RunningQuote {
  private readonly rows: PriceLine[] = [];
  exact = rational(0n);

  add(code: PriceLineCode, label: string, minutes: number | null, effect: Rational): void {
    const before = rounded(this.exact);
    this.exact = addRational(this.exact, effect);
    const amountMinor = rounded(this.exact) - before;
    if (amountMinor !== 0n || code === 'base') this.rows.push({ code, label, minutes, amountMinor });
  }

  quote(): PriceQuote {
    return { lines: this.rows, totalMinor: rounded(this.exact) };
  }
}

const rounded = ({ numerator, denominator }: Rational): bigint => divideHalfEven(numerator, denominator);

const times = (value: Rational, numerator: bigint, denominator: bigint): Rational =>
  rational(value.numerator * numerator, value.denominator * denominator);

const minus = (value: Rational): Rational => times(value, -1n, 1n);

/** Rate times minutes at a percent of the rate, exactly. */
const timePrice = (hourlyRateMinor: bigint, minutes: number, percent: number): Rational =>
  rational(hourlyRateMinor * BigInt(minutes) * BigInt(percent), 6000n);

function checked(request: QuoteRequest): number {
  const minutes = windowMinutes(request.window);
  const { creditMinutes, marginal, hourlyRateMinor } = request;
  if (!Number.isSafeInteger(minutes) || minutes < 0 || hourlyRateMinor < 0n) {
    throw new PricingInputError(
      `${minutes} minutes at ${hourlyRateMinor} an hour have no price. Pass whole minutes and a rate of 0 or more.`,
    );
  }
  if (!Number.isSafeInteger(creditMinutes) || creditMinutes < 0 || creditMinutes > minutes) {
    throw new PricingInputError(`${creditMinutes} credit minutes for ${minutes}. Pass 0 up to all of them.`);
  }
  if (!Number.isSafeInteger(marginal.minutes)) {
    throw new PricingInputError(`A changeover of ${marginal.minutes} minutes. Pass whole minutes.`);
  }
  return minutes;
}

function addBands(quote: RunningQuote, { tariff, window, zone, hourlyRateMinor }: QuoteRequest): void {
  for (const { percent, label, minutes } of bandMinutes(tariff.bands, zone, window)) {
    const code = percent > 100 ? 'peak' : 'quiet';
    quote.add(code, `${label}: ${percent} %`, minutes, timePrice(hourlyRateMinor, minutes, percent - 100));
  }
}

function addLoad(quote: RunningQuote, base: Rational, request: QuoteRequest): void {
  const { tariff, utilisationPercent, leadMinutes } = request;
  if (!tariff.load.enabled) return;
  const { floorPercent, ceilingPercent } = tariff.load;
  const factor = BigInt(loadPerTenThousand(tariff.load, utilisationPercent, leadMinutes));
  const label = `Load: the day is ${utilisationPercent} % booked, ${leadHours(leadMinutes)} h ahead`;
  quote.add('load', label, null, times(quote.exact, factor - 10_000n, 10_000n));
  const [floor, ceiling] = [
    times(base, BigInt(floorPercent), 100n),
    times(base, BigInt(ceilingPercent), 100n),
  ];
  if (compareRational(quote.exact, floor) < 0) {
    quote.add(
      'bound',
      `Never below ${floorPercent} % of the base rate`,
      null,
      difference(floor, quote.exact),
    );
  } else if (compareRational(quote.exact, ceiling) > 0) {
    quote.add(
      'bound',
      `Never above ${ceilingPercent} % of the base rate`,
      null,
      difference(ceiling, quote.exact),
    );
  }
}

const leadHours = (leadMinutes: number): number => Math.floor(Math.max(0, leadMinutes) / 60);

const difference = (a: Rational, b: Rational): Rational => addRational(a, minus(b));

function addBuyer(quote: RunningQuote, { tariff, buyer }: QuoteRequest): void {
  if (buyer.kind === 'peer') {
    const change = BigInt(tariff.peerPercent - 100);
    quote.add('peer', `Peer rate: ${tariff.peerPercent} %`, null, times(quote.exact, change, 100n));
    return;
  }
  const rate = tariff.classes.find(({ memberClass }) => memberClass === buyer.class);
  if (rate === undefined) return;
  const label = `Member class ${rate.memberClass}: ${rate.percent} %`;
  quote.add('class', label, null, times(quote.exact, BigInt(rate.percent - 100), 100n));
}

function addChangeover(quote: RunningQuote, { tariff, marginal, hourlyRateMinor }: QuoteRequest): void {
  if (!tariff.changeover.charge) return;
  const time = timePrice(hourlyRateMinor, marginal.minutes, tariff.changeover.hourlyPercent);
  const caused = addRational(time, rational(marginal.costMinor));
  const saved = compareRational(caused, rational(0n)) < 0;
  // What is saved makes a booking free at most: nobody is paid for booking.
  const effect =
    saved && compareRational(addRational(quote.exact, caused), rational(0n)) < 0
      ? minus(quote.exact)
      : caused;
  quote.add('changeover', saved ? 'Changeover saved' : 'Changeover caused', marginal.minutes, effect);
}

/**
 * The price of a window with its lines: base rate, peak and quiet bands by wall time, load within floor and ceiling of
 * the base rate, class or peer rate on all of that, prepaid minutes off by their part of it, then the marginal
 * changeover. Exact until the end and rounded once, half to even; throws PricingInputError for minutes that are not whole.
 */
export function quotePrice(request: QuoteRequest): PriceQuote {
  const minutes = checked(request);
  const quote = new RunningQuote();
  const base = timePrice(request.hourlyRateMinor, minutes, 100);
  quote.add('base', 'Base rate', minutes, base);
  addBands(quote, request);
  addLoad(quote, base, request);
  addBuyer(quote, request);
  if (request.creditMinutes > 0) {
    const effect = times(quote.exact, -BigInt(request.creditMinutes), BigInt(minutes));
    quote.add('credit', 'Prepaid hours', request.creditMinutes, effect);
  }
  addChangeover(quote, request);
  return quote.quote();
}
