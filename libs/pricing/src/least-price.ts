import type { Tariff } from './tariff.js';

/** What is known of a booking before it has a window. */
export interface LeastPriceRequest {
  readonly tariff: Tariff;
  readonly hourlyRateMinor: bigint;
  readonly minutes: number;
  /** Null for that of the class that pays least. */
  readonly memberClass: string | null;
}

/**
 * A bound below which quotePrice (minor units) asks a member nothing for so many minutes, whatever the time, the load
 * and the changeovers; prepaid minutes are left out of it.
 */
export function leastPrice({ tariff, hourlyRateMinor, minutes, memberClass }: LeastPriceRequest): bigint {
  const { bands, load, classes, changeover } = tariff;
  // A changeover that is saved can pay for all of it.
  if (changeover.charge) return 0n;
  const least = (percents: readonly number[]): number => Math.min(100, ...percents);
  const cheapest = least(bands.map(({ percent }) => percent));
  const steps = [load.utilisation, load.leadTime].map((curve) => least(curve.map(({ percent }) => percent)));
  const loaded = load.enabled ? steps.reduce((product, percent) => product * percent, 1) : 10_000;
  // Percent of percents of percents; floor and ceiling bound it as they bound the quote.
  const unbounded = cheapest * loaded;
  const [floor, ceiling] = [load.floorPercent * 10_000, load.ceilingPercent * 10_000];
  const bounded = load.enabled ? Math.min(Math.max(unbounded, floor), ceiling) : unbounded;
  const ofClass =
    memberClass === null
      ? least(classes.map(({ percent }) => percent))
      : (classes.find((rate) => rate.memberClass === memberClass)?.percent ?? 100);
  return (hourlyRateMinor * BigInt(minutes) * BigInt(bounded) * BigInt(ofClass)) / 6_000_000_000n;
}
