/** A row of a price table: what one batch of at least `fromUnits` pieces costs, in minor units. */
export interface PriceRow {
  readonly fromUnits: number;
  readonly setupMinor: bigint;
  readonly unitMinor: bigint;
}

/** A line of a quote; the amounts of all lines sum to its total. */
export interface ServicePriceLine {
  readonly code: 'setup' | 'units' | 'time' | 'peer';
  readonly label: string;
  readonly units: number | null;
  readonly amountMinor: bigint;
}

export type BatchPrice =
  | { readonly kind: 'BatchPriced'; readonly lines: readonly ServicePriceLine[]; readonly totalMinor: bigint }
  | { readonly kind: 'BatchTooSmall'; readonly leastUnits: number; readonly message: string };

/** The price of a batch, in minor units: the row with the most units that the batch reaches, its setup and each of its units. */
export function priceOfBatch(table: readonly PriceRow[], units: number): BatchPrice {
  const reached = table.filter((row) => row.fromUnits <= units);
  const row = reached.reduce<PriceRow | undefined>(
    (best, candidate) => (best === undefined || candidate.fromUnits > best.fromUnits ? candidate : best),
    undefined,
  );
  if (row === undefined) {
    const leastUnits = table.reduce((least, { fromUnits }) => Math.min(least, fromUnits), Infinity);
    const message = `A batch has ${units} units; this offer begins at ${leastUnits}. Ask for that many or more.`;
    return { kind: 'BatchTooSmall', leastUnits, message };
  }
  const unitsMinor = row.unitMinor * BigInt(units);
  const setup: ServicePriceLine = { code: 'setup', label: 'Setup', units: null, amountMinor: row.setupMinor };
  const each: ServicePriceLine = {
    ...{ code: 'units', units, amountMinor: unitsMinor },
    label: row.fromUnits > 1 ? `Units, from ${row.fromUnits} on` : 'Units',
  };
  const lines = [setup, each].filter(({ amountMinor }) => amountMinor > 0n);
  return { kind: 'BatchPriced', lines, totalMinor: row.setupMinor + unitsMinor };
}
