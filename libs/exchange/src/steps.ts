/** One step of the work that an offer sells: fixed minutes per batch and minutes per unit on one station of a kind of cell. */
export interface OfferStep {
  readonly cellKind: string;
  /** What the station is set up for; null stands for the default of the cell. */
  readonly family: string | null;
  readonly minutesPerBatch: number;
  readonly minutesPerUnit: number;
  /** True when its minutes cost the rate of the station for peers, besides what the price table says. */
  readonly atPeerRate?: boolean;
}

/** A step as it is planned for one order. */
export interface ServiceOperation {
  readonly position: number;
  readonly cellKind: string;
  readonly family: string | null;
  readonly minutes: number;
}

/** The operations that `units` pieces take, in the order of the steps, positions from 1; throws RangeError below one unit. */
export function operationsOf(steps: readonly OfferStep[], units: number): ServiceOperation[] {
  if (!Number.isSafeInteger(units) || units < 1)
    throw new RangeError(`${units} units cannot be planned; expected a whole number of 1 or more`);
  return steps.map(({ cellKind, family, minutesPerBatch, minutesPerUnit }, index) => ({
    position: index + 1,
    cellKind,
    family,
    minutes: minutesPerBatch + minutesPerUnit * units,
  }));
}
