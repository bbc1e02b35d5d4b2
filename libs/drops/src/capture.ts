/** Where an order stands; only the first holds units, the middle ones have them, the rest are ended. */
export type OrderState =
  'awaiting_payment' | 'paid' | 'declined' | 'expired' | 'kept' | 'refunded' | 'handed_over';

export type PaymentState = 'requested' | 'pending' | 'captured' | 'declined';

/** What a payment provider can say about a charge. */
export type ChargeResult = 'captured' | 'declined' | 'pending';

export type PaymentDecision =
  /** The order is paid: its held units are sold. */
  | { readonly kind: 'OrderPaid' }
  /** The money came too late: it is sent back; `release` when the order still held its units. */
  | { readonly kind: 'CaptureLate'; readonly release: boolean }
  /** No money comes; `release` when the order still held its units. */
  | { readonly kind: 'PaymentDeclined'; readonly release: boolean }
  | { readonly kind: 'StillPending' }
  /** Said before: nothing to do. */
  | { readonly kind: 'AlreadySettled' };

/**
 * Decides what a provider's answer means for an order. A payment settles once; a capture counts only before `payBy`
 * (epoch milliseconds), and never for an order that has ended.
 */
export function decideCapture(input: {
  readonly now: number;
  readonly result: ChargeResult;
  readonly paymentState: PaymentState;
  readonly orderState: OrderState;
  readonly payBy: number;
}): PaymentDecision {
  const { now, result, paymentState, orderState, payBy } = input;
  if (paymentState === 'captured' || paymentState === 'declined') return { kind: 'AlreadySettled' };
  const awaiting = orderState === 'awaiting_payment';
  switch (result) {
    case 'pending':
      return { kind: 'StillPending' };
    case 'declined':
      return { kind: 'PaymentDeclined', release: awaiting };
    case 'captured':
      return awaiting && now < payBy ? { kind: 'OrderPaid' } : { kind: 'CaptureLate', release: awaiting };
  }
}
