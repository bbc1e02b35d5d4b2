/**
 * The value at `percent` of the values by the nearest-rank definition: the smallest that at least `percent` of all do
 * not exceed, which is always one of them; null without values. `percent` is whole, 1 to 100.
 */
export function nearestRank(values: readonly number[], percent: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? null;
}

/** One finished order: minutes from accepted to ready, and what its inspection counted (null when none was recorded). */
export interface FinishedOrder {
  readonly leadMinutes: number;
  readonly passed: number | null;
  readonly failed: number | null;
}

/** What orders have shown: never a claim, null where nothing stands behind it. */
export interface Measured {
  readonly orders: number;
  readonly leadP50Minutes: number | null;
  readonly leadP90Minutes: number | null;
  readonly inspectedOrders: number;
  readonly inspectedUnits: number;
  readonly passedUnits: number;
  /** Passed units per thousand inspected, rounded down. */
  readonly qualityPerMille: number | null;
}

/** Lead times (P50 and P90 by nearest rank) and the quality rate of finished orders, with the numbers behind them. */
export function measure(finished: readonly FinishedOrder[]): Measured {
  const minutes = finished.map((order) => order.leadMinutes);
  const inspected = finished.filter(({ passed, failed }) => passed !== null && failed !== null);
  const passedUnits = inspected.reduce((sum, { passed }) => sum + (passed ?? 0), 0);
  const inspectedUnits = inspected.reduce((sum, { failed }) => sum + (failed ?? 0), passedUnits);
  return {
    orders: finished.length,
    leadP50Minutes: nearestRank(minutes, 50),
    leadP90Minutes: nearestRank(minutes, 90),
    inspectedOrders: inspected.length,
    inspectedUnits,
    passedUnits,
    qualityPerMille: inspectedUnits === 0 ? null : Math.floor((passedUnits * 1000) / inspectedUnits),
  };
}
