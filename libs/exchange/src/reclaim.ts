const HOUR_MS = 3_600_000;

/** The window that a home member wants back, instants in epoch milliseconds. */
export interface WindowToReclaim {
  readonly fromAt: number;
  readonly firmHours: number;
  readonly begun: boolean;
}

export type ReclaimDecision =
  | { readonly kind: 'ReclaimAllowed' }
  | { readonly kind: 'CapacityFirm'; readonly firmFrom: number; readonly message: string };

/** Decides whether home members may still take a window back: before its firm horizon, and not once work on it began. */
export function decideReclaim({ fromAt, firmHours, begun }: WindowToReclaim, now: number): ReclaimDecision {
  const firmFrom = fromAt - firmHours * HOUR_MS;
  if (!begun && now < firmFrom) return { kind: 'ReclaimAllowed' };
  const message = begun
    ? 'Work on this window has begun, so it stays with the service order. Choose another window.'
    : `This window is firm since ${new Date(firmFrom).toISOString()}. Choose another window.`;
  return { kind: 'CapacityFirm', firmFrom, message };
}
