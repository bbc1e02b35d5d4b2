import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AllowanceError, recognisedTarget, spendMinutes, type GrantTotal } from './index.js';

const grant = (priceMinor: bigint, minutes: number): GrantTotal => ({
  ...{ priceMinor, minutes, spentMinutes: 0, recognisedMinor: 0n, closed: false },
});

describe('the recognition of a grant', () => {
  it('gives 100 cents over 3 minutes as 33, 33 and 34', () => {
    expect([0, 1, 2, 3].map((spent) => recognisedTarget(100n, 3, spent))).toEqual([0n, 33n, 66n, 100n]);
  });

  it('never strays from the target of what is spent, whatever is spent and given back, and ends at the price', () => {
    const steps = fc.array(fc.integer({ min: -200, max: 200 }), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 8n),
        fc.integer({ min: 1, max: 600 }),
        steps,
        (price, minutes, history) => {
          let at = grant(price, minutes);
          let booked = 0n;
          for (const step of [...history, minutes]) {
            const change = Math.max(-at.spentMinutes, Math.min(step, minutes - at.spentMinutes));
            const { movedMinor, ...moved } = spendMinutes(at, change);
            booked += movedMinor;
            at = { ...at, ...moved };
            expect(at.recognisedMinor).toBe(recognisedTarget(price, minutes, at.spentMinutes));
            expect(booked).toBe(at.recognisedMinor);
          }
          expect(booked).toBe(price);
        },
      ),
    );
  });

  it('moves no money once the grant is closed', () => {
    const closed = { ...grant(100n, 10), spentMinutes: 4, recognisedMinor: 100n, closed: true };
    expect(spendMinutes(closed, -4)).toEqual({ spentMinutes: 0, recognisedMinor: 100n, movedMinor: 0n });
  });

  it('throws on spending more than there is, and on giving back more than was spent', () => {
    expect(() => spendMinutes(grant(100n, 10), 11)).toThrow(AllowanceError);
    expect(() => spendMinutes(grant(100n, 10), -1)).toThrow('Decide under the member');
  });
});
