import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMoney, currencyScale, formatAmount, formatMoney, parseAmount, priceOfMinutes } from './index.js';

const read = (text: string, currency: string): bigint => {
  const outcome = parseAmount(text, currency);
  if (outcome.kind !== 'MoneyRead') throw new Error(outcome.message);
  return outcome.money.amountMinor;
};

describe('money', () => {
  it('knows the minor digits of ISO 4217 and no other code', () => {
    expect(['EUR', 'JPY', 'KWD', 'CLF', 'HUF'].map(currencyScale)).toEqual([2, 0, 3, 4, 2]);
    expect(['eur', 'XXX', '', 'EURO', 'constructor'].map(currencyScale)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it.each([
    ['12.34', 'EUR', 1234n],
    ['12.3', 'EUR', 1230n],
    ['12', 'EUR', 1200n],
    ['-0.05', 'EUR', -5n],
    ['1200', 'JPY', 1200n],
    ['1.234', 'KWD', 1234n],
    [' 7.00 ', 'USD', 700n],
  ])('reads %s %s as minor units', (text, currency, expected) => {
    expect(read(text, currency)).toBe(expected);
  });

  it.each([
    ['12.345', 'EUR'],
    ['1.5', 'JPY'],
    ['1,50', 'EUR'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
    ['.5', 'EUR'],
    ['5.', 'EUR'],
    ['0x10', 'EUR'],
    ['1234567890123456', 'EUR'],
    ['12.34', 'XXX'],
  ])('refuses to read "%s" in %s and says what it accepts', (text, currency) => {
    expect(parseAmount(text, currency)).toEqual({
      kind: 'MoneyUnreadable',
      message: expect.stringMatching(/Write it with a point|three-letter ISO 4217/),
    });
  });

  it('writes an amount that reads back to the same minor units', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'UYW'),
        (amountMinor, currency) => {
          expect(read(formatAmount({ amountMinor, currency }), currency)).toBe(amountMinor);
        },
      ),
    );
  });

  it('writes the currency after the amount and keeps leading zeros of the minor part', () => {
    expect(formatMoney({ amountMinor: -5n, currency: 'EUR' })).toBe('-0.05 EUR');
    expect(formatMoney({ amountMinor: 1200n, currency: 'JPY' })).toBe('1200 JPY');
  });

  it('adds amounts of one currency and throws on two', () => {
    const five = { amountMinor: 500n, currency: 'EUR' };
    expect(addMoney(five, five)).toEqual({ amountMinor: 1000n, currency: 'EUR' });
    expect(() => addMoney(five, { amountMinor: 1n, currency: 'USD' })).toThrow('EUR and USD were added');
  });

  it.each([
    [2400n, 90, 3600n],
    [1n, 30, 0n],
    [3n, 30, 2n],
    [5n, 30, 2n],
    [-3n, 30, -2n],
    [100n, 20, 33n],
    [100n, 40, 67n],
    [2400n, 0, 0n],
  ])('prices %s an hour for %s minutes at %s, a half going to the even cent', (rate, minutes, price) => {
    expect(priceOfMinutes(rate, minutes)).toBe(price);
  });

  it('never prices a window more than half a minor unit away from rate times time', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.integer({ min: 0, max: 20_160 }),
        (rate, minutes) => {
          const error = priceOfMinutes(rate, minutes) * 60n - rate * BigInt(minutes);
          expect(error >= -30n && error <= 30n).toBe(true);
        },
      ),
    );
  });

  it.each([1.5, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'throws when asked to price %s minutes',
    (minutes) => {
      expect(() => priceOfMinutes(100n, minutes)).toThrow('Pass whole minutes');
    },
  );
});
