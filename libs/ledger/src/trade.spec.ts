import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buyService, refundServicePurchase, refundServiceSale, sellService } from './trade.js';
import { balanced, balanceOf, LedgerInputError } from './transaction.js';

const SELLER = '00000000-0000-7000-8000-000000000001';
const BUYER = '00000000-0000-7000-8000-000000000002';

describe('trade between two providers', () => {
  it('stands on both books as mirrors, cent for cent, whatever was sold and given back', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (price, other) => {
          const back = other < price ? other : price;
          const [ofBuyer, ofSeller] = [
            { currency: 'EUR', partyId: BUYER },
            { currency: 'EUR', partyId: SELLER },
          ];
          const sold = [
            sellService({ ...ofBuyer, amountMinor: price }),
            refundServiceSale({ ...ofBuyer, amountMinor: back }),
          ];
          const bought = [
            buyService({ ...ofSeller, amountMinor: price }),
            refundServicePurchase({ ...ofSeller, amountMinor: back }),
          ];
          expect([...sold, ...bought].every(balanced)).toBe(true);
          expect(balanceOf(sold, 'trade_receivable', BUYER)).toBe(price - back);
          expect(balanceOf(bought, 'trade_payable', SELLER)).toBe(back - price);
          expect(balanceOf(sold, 'service_revenue')).toBe(-balanceOf(bought, 'service_cost'));
        },
      ),
    );
  });

  it('of nothing is a mistake of the caller', () => {
    expect(() => sellService({ currency: 'EUR', partyId: BUYER, amountMinor: 0n })).toThrow(LedgerInputError);
  });
});
