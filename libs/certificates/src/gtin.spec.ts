import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDigitalLink, MAX_EDITION_SIZE, parseDigitalLink } from './digital-link.js';
import { asGtin14, isGtin, makeGtin13, makeGtin14 } from './gtin.js';

const made = (companyPrefix: string, itemNumber: number): string => {
  const result = makeGtin13(companyPrefix, itemNumber);
  if (result.kind === 'GtinRefused') throw new Error(result.message);
  return result.gtin;
};
const prefix = fc
  .integer({ min: 4, max: 11 })
  .chain((length) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length }),
  );

describe('a GTIN', () => {
  it('has the check digits of published examples', () => {
    expect(
      ['4006381333931', '9506000134352', '09506000134352', '10614141000415'].filter(isGtin),
    ).toHaveLength(4);
  });

  it('is made with a check digit that is right, and no other last digit is', () => {
    fc.assert(
      fc.property(prefix, fc.nat(9), (company, item) => {
        const gtin = made(company, item);
        const rivals = [...'0123456789'].map((digit) => `${gtin.slice(0, -1)}${digit}`);
        expect(rivals.filter(isGtin)).toEqual([gtin]);
        expect(gtin.startsWith(company)).toBe(true);
      }),
    );
  });

  it('is the same item as 13 digits and as 14 with the indicator 0', () => {
    expect(makeGtin14(0, '9506000', 13435)).toEqual({
      kind: 'GtinMade',
      gtin: asGtin14(made('9506000', 13435)),
    });
    expect(makeGtin14(1, '0614141', 41)).toEqual({ kind: 'GtinMade', gtin: '10614141000415' });
  });

  it.each<[string, number]>([
    ['123', 1],
    ['123456789012', 1],
    ['95O6000', 1],
    ['9506000', 100_000],
    ['9506000', -1],
    ['9506000', 1.5],
  ])('is refused for prefix %s and item %s', (company, item) => {
    expect(makeGtin13(company, item).kind).toBe('GtinRefused');
    expect(makeGtin14(1, company, item).kind).toBe('GtinRefused');
  });

  it('is refused for an indicator that is no digit', () => {
    expect(makeGtin14(10, '9506000', 1).kind).toBe('GtinRefused');
  });
});

describe('a printed path', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(prefix, fc.integer({ min: 1, max: MAX_EDITION_SIZE }), (company, serial) => {
        const gtin = made(company, 7);
        const read = { kind: 'DigitalLinkRead', gtin: asGtin14(gtin), serial };
        expect(parseDigitalLink(formatDigitalLink(gtin, serial))).toEqual(read);
      }),
    );
  });

  it.each([
    '/01/09506000134352/21/0',
    '/01/09506000134352/21/07',
    '/01/09506000134352/21/51',
    '/01/09506000134352/21/-1',
    '/01/09506000134352/21/1e1',
    '/01/09506000134352/21/7/',
    '/01/09506000134353/21/7',
    '/01/950600013435/21/7',
    '/02/09506000134352/21/7',
    '/01/09506000134352/21/99999999999999999999',
    '/01/09506000134352',
    '',
  ])('is refused as %s', (path) => {
    expect(parseDigitalLink(path, 50).kind).toBe('DigitalLinkRefused');
  });

  it('is read with 13 digits as well', () => {
    const read = { kind: 'DigitalLinkRead', gtin: '09506000134352', serial: 50 };
    expect(parseDigitalLink('/01/9506000134352/21/50', 50)).toEqual(read);
  });

  it('is never written with a serial or a GTIN that would not read back', () => {
    expect(() => formatDigitalLink('9506000134352', 0)).toThrow('leading zeros');
    expect(() => formatDigitalLink('9506000134353', 1)).toThrow('check digit');
  });
});
