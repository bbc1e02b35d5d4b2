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

/** The instant (epoch milliseconds) from which a window that begins at `fromAt` stays with its order. */
export const firmSince = ({ fromAt, firmHours }: Pick<WindowToReclaim, 'fromAt' | 'firmHours'>): number =>
  fromAt - firmHours * HOUR_MS;

/** Decides whether home members may still take a window back: before its firm horizon, and not once work on it began. */
export function decideReclaim(window: WindowToReclaim, now: number): ReclaimDecision {
  const { begun } = window;
  const firmFrom = firmSince(window);
  if (!begun && now < firmFrom) return { kind: 'ReclaimAllowed' };
  const message = begun
    ? 'Work on this window has begun, so it stays with the service order. Choose another window.'
    : `This window is firm since ${new Date(firmFrom).toISOString()}. Choose another window.`;
  return { kind: 'CapacityFirm', firmFrom, message };
}
