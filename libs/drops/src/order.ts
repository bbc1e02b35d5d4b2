/** Where a drop stands: waiting for the chain, taking orders, or closed one way or the other. */
export type DropState = 'opening' | 'open' | 'locked' | 'refunded';

/** The time an order has to be paid, in milliseconds; its units are held that long and not a moment longer. */
export const PAY_WITHIN_MS = 15 * 60_000;

/** The most units of one order. */
export const MAX_ORDER_UNITS = 1000;

export interface OrderAccepted {
  readonly kind: 'OrderAccepted';
  readonly amountMinor: bigint;
  readonly payBy: number;
}

export type OrderRefusal =
  | { readonly kind: 'QuantityInvalid'; readonly message: string }
  | { readonly kind: 'DropNotOpen'; readonly state: DropState; readonly message: string }
  | { readonly kind: 'SoldOut'; readonly unitsLeft: number; readonly message: string };

const NOT_OPEN: Readonly<Record<DropState, string>> = {
  opening: 'The drop is not open yet: its edition is being committed on chain. Try again in a moment.',
  open: 'The commit window of this drop is over. No more orders are taken.',
  locked: 'The drop is closed and its run is locked. No more orders are taken.',
  refunded: 'The drop is closed and its orders were refunded. No more orders are taken.',
};

/**
 * Decides an order for `quantity` units at `now`; all times are epoch milliseconds. The order is to be paid within 15
 * minutes and before the window closes. A window is over at `closesAt` itself.
 */
export function decideOrder(input: {
  readonly now: number;
  readonly state: DropState;
  readonly closesAt: number;
  readonly unitsLeft: number;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
}): OrderAccepted | OrderRefusal {
  const { now, state, closesAt, unitsLeft, quantity, unitPriceMinor } = input;
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MAX_ORDER_UNITS) {
    const message = `The order is for ${quantity} units. Order 1 to ${MAX_ORDER_UNITS}.`;
    return { kind: 'QuantityInvalid', message };
  }
  if (state !== 'open' || now >= closesAt) return { kind: 'DropNotOpen', state, message: NOT_OPEN[state] };
  if (quantity > unitsLeft) {
    const message =
      unitsLeft === 0
        ? 'Every unit is taken. Unpaid orders give theirs back after 15 minutes, so a later try may succeed.'
        : `Only ${unitsLeft} units are left and ${quantity} were ordered. Order at most ${unitsLeft}.`;
    return { kind: 'SoldOut', unitsLeft, message };
  }
  const payBy = Math.min(now + PAY_WITHIN_MS, closesAt);
  return { kind: 'OrderAccepted', amountMinor: unitPriceMinor * BigInt(quantity), payBy };
}
