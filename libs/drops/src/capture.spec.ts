import { describe, expect, it } from '@jest/globals';
import { decideCapture, type OrderState } from './capture.js';

const payBy = Date.UTC(2026, 10, 1, 9, 15);
const input = {
  now: payBy - 1,
  result: 'captured',
  paymentState: 'requested',
  orderState: 'awaiting_payment',
  payBy,
} as const;
const ended: OrderState[] = ['paid', 'declined', 'expired', 'kept', 'refunded', 'handed_over'];

describe('a payment', () => {
  it('pays an order until the moment before its time is over', () => {
    expect(decideCapture(input)).toEqual({ kind: 'OrderPaid' });
  });

  it('is late from the very moment the time is over, and gives back the units', () => {
    expect(decideCapture({ ...input, now: payBy })).toEqual({ kind: 'CaptureLate', release: true });
  });

  it.each(ended)('is late for an order that is %s, which holds no units', (orderState) => {
    expect(decideCapture({ ...input, orderState })).toEqual({ kind: 'CaptureLate', release: false });
  });

  it('gives back the units when it is declined', () => {
    expect(decideCapture({ ...input, result: 'declined' })).toEqual({
      kind: 'PaymentDeclined',
      release: true,
    });
  });

  it('gives back nothing when it is declined after the order has ended', () => {
    expect(decideCapture({ ...input, result: 'declined', orderState: 'expired' })).toEqual({
      kind: 'PaymentDeclined',
      release: false,
    });
  });

  it('changes nothing while it is pending', () => {
    expect(decideCapture({ ...input, result: 'pending' })).toEqual({ kind: 'StillPending' });
  });

  it.each(['captured', 'declined'] as const)('settles once: a %s one hears nothing more', (paymentState) => {
    for (const result of ['captured', 'declined', 'pending'] as const)
      expect(decideCapture({ ...input, paymentState, result })).toEqual({ kind: 'AlreadySettled' });
  });
});
