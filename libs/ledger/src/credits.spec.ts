import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { balanced, balanceOf, expireCredits, returnCredits, sellCredits, useCredits } from './index.js';

const currency = 'EUR';
const partyId = '01990000-0000-7000-8000-000000000002';
const of = (amountMinor: bigint) => ({ currency, partyId, amountMinor });

describe('postings of prepaid credits', () => {
  it('sells a pack on the account of the member and owes the member its value', () => {
    expect(sellCredits(of(10_000n))).toEqual({
      kind: 'credits_sold',
      currency,
      entries: [
        { account: 'member_receivable', partyId, amountMinor: 10_000n },
        { account: 'prepaid_credits', partyId, amountMinor: -10_000n },
      ],
    });
  });

  it('turns the value of used minutes into revenue and a return into its mirror', () => {
    const used = useCredits(of(250n));
    expect(used.entries).toEqual([
      { account: 'prepaid_credits', partyId, amountMinor: 250n },
      { account: 'booking_revenue', partyId: null, amountMinor: -250n },
    ]);
    const mirror = used.entries.map((entry) => ({ ...entry, amountMinor: -entry.amountMinor })).toReversed();
    expect(returnCredits(of(250n)).entries).toEqual(mirror);
  });

  it('recognises what is left at the expiry, after which nothing is owed', () => {
    fc.assert(
      fc.property(fc.bigInt(2n, 10n ** 9n), fc.bigInt(1n, 10n ** 9n), (price, part) => {
        const used = (part % (price - 1n)) + 1n;
        const history = [sellCredits(of(price)), useCredits(of(used)), expireCredits(of(price - used))];
        expect(history.every(balanced)).toBe(true);
        expect(balanceOf(history, 'prepaid_credits', partyId)).toBe(0n);
        expect(balanceOf(history, 'booking_revenue')).toBe(-price);
      }),
    );
  });

  it('throws on an amount that is not above zero', () => {
    for (const build of [sellCredits, useCredits, returnCredits, expireCredits])
      expect(() => build(of(0n))).toThrow('Pass what moved as a positive number');
  });
});
