import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rational } from '@touchmark/money';
import { decideAgreement, type Agreement } from '@touchmark/splits';
import {
  adjustBooking,
  balanced,
  balanceOf,
  chargeBooking,
  creditBooking,
  earnedTargets,
  handOver,
  makeSale,
  receiveDeposit,
  refundDeposit,
  refundSale,
  reverseHandOver,
  type LedgerTransaction,
} from './index.js';

const currency = 'EUR';
const customerId = 'customer';

function agreed(feePercent: number, ...parts: number[]): Agreement {
  const sum = parts.reduce((total, part) => total + part, 0);
  const parties = parts.map((part, index) => ({
    partyId: `party${index}`,
    share: rational(BigInt(part), BigInt(sum)),
  }));
  const decision = decideAgreement({ fee: rational(BigInt(feePercent), 100n), parties });
  if (decision.kind !== 'AgreementAccepted') throw new Error(decision.message);
  return decision.agreement;
}

const agreements = fc
  .tuple(
    fc.integer({ min: 0, max: 99 }),
    fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 5 }),
  )
  .map(([fee, parts]) => agreed(fee, ...parts));

const negated = (made: LedgerTransaction | null) =>
  made?.entries.map((entry) => ({ ...entry, amountMinor: -entry.amountMinor }));

describe('postings', () => {
  it('charges a booking to the member and credits it back as the mirror', () => {
    const input = { currency, partyId: 'member', amountMinor: 3600n };
    const charge = chargeBooking(input);
    expect(charge).toEqual({
      kind: 'booking_charged',
      currency,
      entries: [
        { account: 'member_receivable', partyId: 'member', amountMinor: 3600n },
        { account: 'booking_revenue', partyId: null, amountMinor: -3600n },
      ],
    });
    expect(creditBooking(input).entries).toEqual(negated(charge));
  });

  it('charges work that took longer under a name of its own, so that a booking is charged and adjusted once each', () => {
    const input = { currency, partyId: 'member', amountMinor: 600n };
    const { kind, entries } = adjustBooking(input);
    expect(kind).toBe('booking_adjusted');
    expect(entries).toEqual(chargeBooking(input).entries);
  });

  it('keeps a deposit owed to the customer and refunds it as the mirror', () => {
    const input = { currency, partyId: customerId, amountMinor: 4900n };
    const deposit = receiveDeposit(input);
    expect(balanceOf([deposit], 'customer_deposits', customerId)).toBe(-4900n);
    expect(balanceOf([deposit], 'cash')).toBe(4900n);
    expect(refundDeposit(input).entries).toEqual(negated(deposit));
  });

  it('turns a deposit into the fee and what each party earned', () => {
    const sale = makeSale({
      currency,
      customerId,
      agreement: agreed(10, 70, 20, 10),
      soldBeforeMinor: 0n,
      amountMinor: 10_000n,
    });
    expect(sale.entries.map(({ account, partyId, amountMinor }) => [account, partyId, amountMinor])).toEqual([
      ['customer_deposits', 'customer', 10_000n],
      ['coop_fee', null, -1000n],
      ['earned', 'party0', -6300n],
      ['earned', 'party1', -1800n],
      ['earned', 'party2', -900n],
    ]);
  });

  it('pays 1,000 sales of 3 cents at 75/25 as 2,250 and 750', () => {
    const agreement = agreed(0, 75, 25);
    const sales = Array.from({ length: 1000 }, (_, index) =>
      makeSale({ currency, customerId, agreement, soldBeforeMinor: BigInt(index) * 3n, amountMinor: 3n }),
    );
    expect([balanceOf(sales, 'earned', 'party0'), balanceOf(sales, 'earned', 'party1')]).toEqual([
      -2250n,
      -750n,
    ]);
  });

  it('refunds a sale after the close as its mirror, the customer being paid in cash', () => {
    fc.assert(
      fc.property(
        agreements,
        fc.bigInt(0n, 10n ** 9n),
        fc.bigInt(1n, 10n ** 6n),
        (agreement, before, amountMinor) => {
          const sale = makeSale({ currency, customerId, agreement, soldBeforeMinor: before, amountMinor });
          const refund = refundSale({
            currency,
            agreement,
            soldBeforeMinor: before + amountMinor,
            handedOverMinor: before,
            amountMinor,
          });
          expect(refund.entries.slice(1)).toEqual(negated(sale)?.slice(1));
          expect(refund.entries[0]).toEqual({ account: 'cash', partyId: null, amountMinor: -amountMinor });
        },
      ),
    );
  });

  it('reverses a hand-over as its mirror', () => {
    fc.assert(
      fc.property(
        agreements,
        fc.bigInt(0n, 10n ** 6n),
        fc.bigInt(1n, 10n ** 6n),
        (agreement, before, amountMinor) => {
          const soldMinor = before + amountMinor;
          const input = { currency, agreement, soldMinor, amountMinor };
          const back = reverseHandOver({ ...input, handedOverBeforeMinor: soldMinor });
          expect(back?.entries).toEqual(negated(handOver({ ...input, handedOverBeforeMinor: before })));
        },
      ),
    );
  });

  it('balances every posting of any history, never makes payable what is not earned, and ends at the targets', () => {
    const steps = fc.array(
      fc.record({
        kind: fc.constantFrom('sell', 'refund', 'handOver', 'reverse'),
        amount: fc.bigInt(1n, 5000n),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(agreements, steps, (agreement, history) => {
        let [sold, handed] = [0n, 0n];
        const made: LedgerTransaction[] = [];
        const post = (posting: LedgerTransaction | null) => posting && made.push(posting);
        for (const { kind, amount } of history) {
          const common = { currency, agreement, amountMinor: amount };
          if (kind === 'sell') {
            post(makeSale({ ...common, customerId, soldBeforeMinor: sold }));
            sold += amount;
          } else if (kind === 'refund' && sold - amount >= handed) {
            post(refundSale({ ...common, soldBeforeMinor: sold, handedOverMinor: handed }));
            sold -= amount;
          } else if (kind === 'handOver' && handed + amount <= sold) {
            post(handOver({ ...common, soldMinor: sold, handedOverBeforeMinor: handed }));
            handed += amount;
          } else if (kind === 'reverse' && handed >= amount) {
            post(reverseHandOver({ ...common, soldMinor: sold, handedOverBeforeMinor: handed }));
            handed -= amount;
          }
        }
        expect(made.every(balanced)).toBe(true);
        for (const { partyId, earnedMinor, notYetPayableMinor } of earnedTargets(agreement, sold, handed)) {
          expect(notYetPayableMinor >= 0n).toBe(true);
          expect(balanceOf(made, 'earned', partyId)).toBe(-notYetPayableMinor);
          expect(balanceOf(made, 'payable', partyId)).toBe(notYetPayableMinor - earnedMinor);
        }
      }),
    );
  });

  it('posts nothing for a hand-over so small that it is all fee', () => {
    expect(
      handOver({
        currency,
        agreement: agreed(90, 1),
        soldMinor: 1n,
        handedOverBeforeMinor: 0n,
        amountMinor: 1n,
      }),
    ).toBeNull();
  });

  it('throws on what the books cannot hold', () => {
    const agreement = agreed(10, 1, 1);
    const sale = { currency, customerId, agreement };
    const amountMinor = 5n;
    expect(() => chargeBooking({ currency, partyId: 'member', amountMinor: 0n })).toThrow('positive number');
    expect(() => makeSale({ ...sale, soldBeforeMinor: 0n, amountMinor: -5n })).toThrow('positive number');
    expect(() => refundSale({ ...sale, soldBeforeMinor: 4n, handedOverMinor: 0n, amountMinor })).toThrow(
      '-1 sold',
    );
    expect(() => refundSale({ ...sale, soldBeforeMinor: 9n, handedOverMinor: 5n, amountMinor })).toThrow(
      'Reverse the hand-over first',
    );
    const moved = { ...sale, soldMinor: 9n, amountMinor };
    expect(() => handOver({ ...moved, handedOverBeforeMinor: 5n })).toThrow('10 of 9 sold');
    expect(() => reverseHandOver({ ...moved, handedOverBeforeMinor: 4n })).toThrow('-1 of 9 sold');
  });

  it('calls a transaction balanced only when two or more entries above or below zero sum to zero', () => {
    const entry = (amountMinor: bigint) => ({ account: 'cash' as const, partyId: null, amountMinor });
    expect(balanced({ entries: [entry(5n), entry(-5n)] })).toBe(true);
    expect(balanced({ entries: [entry(5n), entry(-4n)] })).toBe(false);
    expect(balanced({ entries: [entry(0n), entry(0n)] })).toBe(false);
    expect(balanced({ entries: [] })).toBe(false);
  });
});
