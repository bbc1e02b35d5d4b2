import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_ORDER_UNITS, PAY_WITHIN_MS, decideOrder } from './order.js';

const now = Date.UTC(2026, 10, 1, 9);
const day = 86_400_000;
const order = {
  now,
  state: 'open',
  closesAt: now + day,
  unitsLeft: 5,
  quantity: 2,
  unitPriceMinor: 4500n,
} as const;

describe('an order', () => {
  it('is accepted at the exact sum, to be paid within 15 minutes', () => {
    expect(decideOrder(order)).toEqual({
      kind: 'OrderAccepted',
      amountMinor: 9000n,
      payBy: now + 15 * 60_000,
    });
  });

  it('takes the last unit', () => {
    expect(decideOrder({ ...order, unitsLeft: 2 }).kind).toBe('OrderAccepted');
  });

  it('says how many units are left when there are too few', () => {
    expect(decideOrder({ ...order, unitsLeft: 1 })).toMatchObject({ kind: 'SoldOut', unitsLeft: 1 });
  });

  it.each(['opening', 'locked', 'refunded'] as const)('is refused while the drop is %s', (state) => {
    expect(decideOrder({ ...order, state })).toMatchObject({ kind: 'DropNotOpen', state });
  });

  it('is refused from the very moment the window closes', () => {
    expect(decideOrder({ ...order, now: order.closesAt - 1 }).kind).toBe('OrderAccepted');
    expect(decideOrder({ ...order, now: order.closesAt }).kind).toBe('DropNotOpen');
  });

  it.each([0, -3, 1.5, MAX_ORDER_UNITS + 1])('is refused for %d units', (quantity) => {
    expect(decideOrder({ ...order, quantity }).kind).toBe('QuantityInvalid');
  });

  it('never has a time to pay beyond the closing time or the fifteen minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 * PAY_WITHIN_MS }), (left) => {
        const decided = decideOrder({ ...order, closesAt: now + left });
        return decided.kind === 'OrderAccepted' && decided.payBy === now + Math.min(left, PAY_WITHIN_MS);
      }),
    );
  });

  it('never sells more units than are left', () => {
    fc.assert(
      fc.property(fc.nat(1200), fc.nat(1200), (unitsLeft, quantity) => {
        const decided = decideOrder({ ...order, unitsLeft, quantity });
        return decided.kind !== 'OrderAccepted' || quantity <= unitsLeft;
      }),
    );
  });
});
