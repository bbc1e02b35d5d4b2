import type { DropState } from './order.js';

export type CloseDecision =
  | { readonly kind: 'NotDue' }
  /** The run is made at what was paid. */
  | { readonly kind: 'RunLocked' }
  /** Nothing is made; every paid order gets its money back. */
  | { readonly kind: 'AllRefunded' };

/**
 * Decides the end of a drop at `now` (epoch milliseconds) from the units of its paid orders. A drop in which nobody
 * bought has nothing to make, whatever its minimum.
 */
export function decideClose(input: {
  readonly now: number;
  readonly state: DropState;
  readonly closesAt: number;
  readonly minimumUnits: number;
  readonly unitsSold: number;
}): CloseDecision {
  const { now, state, closesAt, minimumUnits, unitsSold } = input;
  if (state !== 'open' || now < closesAt) return { kind: 'NotDue' };
  return unitsSold >= Math.max(minimumUnits, 1) ? { kind: 'RunLocked' } : { kind: 'AllRefunded' };
}
