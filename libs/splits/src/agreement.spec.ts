import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRatio, rational, type Rational } from '@touchmark/money';
import {
  decideAgreement,
  waterfallAllocate,
  waterfallTargets,
  type Agreement,
  type WaterfallAmounts,
} from './index.js';

const partiesOf = (shares: readonly Rational[]) =>
  shares.map((share, index) => ({ partyId: `p${index}`, share }));

function propose(ratio: string, fee = rational(0n)) {
  const read = parseRatio(ratio);
  return decideAgreement({ fee, parties: partiesOf(read.kind === 'RatioRead' ? read.shares : []) });
}

function agreed(ratio: string, fee?: Rational): Agreement {
  const decision = propose(ratio, fee);
  if (decision.kind !== 'AgreementAccepted') throw new Error(decision.message);
  return decision.agreement;
}

const amounts = ({ feeMinor, parties }: WaterfallAmounts): bigint[] => [
  feeMinor,
  ...parties.map(({ amountMinor }) => amountMinor),
];

describe('an agreement', () => {
  it('is accepted with its fee and shares as whole weights in the order proposed', () => {
    expect(agreed('70/20/10', rational(1n, 8n))).toEqual({
      feeWeight: 1n,
      restWeight: 7n,
      parties: [
        { partyId: 'p0', weight: 7n },
        { partyId: 'p1', weight: 2n },
        { partyId: 'p2', weight: 1n },
      ],
    });
  });

  it('is accepted for one party, for fifty, and with thirds', () => {
    const one = decideAgreement({ fee: rational(0n), parties: partiesOf([rational(1n)]) });
    expect(one.kind).toBe('AgreementAccepted');
    expect(agreed(Array<string>(50).fill('1').join('/')).parties).toHaveLength(50);
    expect(agreed('1/1/1').parties.map(({ weight }) => weight)).toEqual([1n, 1n, 1n]);
  });

  const half = rational(1n, 2n);
  it.each([
    ['no party', 'PartyCountInvalid', rational(0n), []],
    ['51 parties', 'PartyCountInvalid', rational(0n), partiesOf(Array<Rational>(51).fill(rational(1n, 51n)))],
    [
      'a party named twice',
      'PartyRepeated',
      rational(0n),
      [
        { partyId: 'a', share: half },
        { partyId: 'a', share: half },
      ],
    ],
    ['a share of zero', 'ShareNotPositive', rational(0n), partiesOf([rational(1n), rational(0n)])],
    ['a negative share', 'ShareNotPositive', rational(0n), partiesOf([rational(3n, 2n), rational(-1n, 2n)])],
    ['a share over zero', 'ShareNotPositive', rational(0n), partiesOf([{ numerator: 1n, denominator: 0n }])],
    ['shares below one', 'SharesDoNotSumToOne', rational(0n), partiesOf([half, rational(499n, 1000n)])],
    ['shares above one', 'SharesDoNotSumToOne', rational(0n), partiesOf([half, rational(2n, 3n)])],
    ['a fee of one', 'FeeOutOfRange', rational(1n), partiesOf([rational(1n)])],
    ['a negative fee', 'FeeOutOfRange', rational(-1n, 10n), partiesOf([rational(1n)])],
    [
      'shares too fine',
      'SharesTooFine',
      rational(0n),
      partiesOf([rational(1n, 100_003n), rational(100_002n, 100_003n)]),
    ],
    ['a fee too fine', 'SharesTooFine', rational(1n, 100_003n), partiesOf([rational(1n)])],
  ])('with %s is refused as %s', (_, kind, fee, parties) => {
    const decision = decideAgreement({ fee, parties });
    expect(decision).toMatchObject({ kind, message: expect.stringMatching(/\. (Name|Give|Change|Choose) /) });
  });
});

describe('the waterfall', () => {
  const agreements = fc
    .record({
      parts: fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 2, maxLength: 6 }),
      fee: fc.integer({ min: 0, max: 99 }),
    })
    .map(({ parts, fee }) => agreed(parts.join('/'), rational(BigInt(fee), 100n)));
  const totals = fc.bigInt({ min: 0n, max: 10n ** 12n });

  it('takes the fee first and parts the rest by the shares', () => {
    expect(amounts(waterfallTargets(agreed('70/20/10', rational(1n, 10n)), 10_000n))).toEqual([
      1000n,
      6300n,
      1800n,
      900n,
    ]);
  });

  it('gives everything to the parties when the fee is 0', () => {
    expect(amounts(waterfallTargets(agreed('2/1'), 100n))).toEqual([0n, 67n, 33n]);
  });

  it('hands out exactly the total and lowers nobody when it rises', () => {
    fc.assert(
      fc.property(agreements, totals, fc.bigInt({ min: 0n, max: 9999n }), (agreement, total, amount) => {
        const gains = amounts(waterfallAllocate(agreement, total, total + amount));
        expect(gains.reduce((all, gain) => all + gain, 0n)).toBe(amount);
        expect(gains.every((gain) => gain >= 0n)).toBe(true);
      }),
    );
  });

  it('mirrors a sale exactly when it is refunded', () => {
    fc.assert(
      fc.property(agreements, totals, fc.bigInt({ min: 0n, max: 9999n }), (agreement, total, amount) => {
        const back = amounts(waterfallAllocate(agreement, total + amount, total));
        expect(back).toEqual(
          amounts(waterfallAllocate(agreement, total, total + amount)).map((gain) => -gain),
        );
      }),
    );
  });

  it('keeps each amount within quota of its tier', () => {
    fc.assert(
      fc.property(agreements, totals, (agreement, total) => {
        const { feeMinor, parties } = waterfallTargets(agreement, total);
        const scale = agreement.feeWeight + agreement.restWeight;
        const feeError = feeMinor * scale - agreement.feeWeight * total;
        expect(feeError > -scale && feeError < scale).toBe(true);
        const all = agreement.parties.reduce((sum, { weight }) => sum + weight, 0n);
        agreement.parties.forEach(({ weight }, index) => {
          const error = (parties[index]?.amountMinor ?? 0n) * all - weight * (total - feeMinor);
          expect(error > -all && error < all).toBe(true);
        });
      }),
    );
  });
});
