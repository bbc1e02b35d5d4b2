/** A GTIN was made from a company prefix and an item number. */
export interface GtinMade {
  readonly kind: 'GtinMade';
  /** 13 digits, or 14 with an indicator digit. */
  readonly gtin: string;
}

/** Why no GTIN can be made. */
export interface GtinRefused {
  readonly kind: 'GtinRefused';
  readonly message: string;
}

/** The GS1 check digit of digits without it: weights 3 and 1 from the right, up to the next ten (GS1 General Specifications 7.9). */
export function gtinCheckDigit(digits: string): number {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}

/** Tells whether text is a GTIN-13 or GTIN-14 with the right check digit. */
export function isGtin(text: string): boolean {
  return /^[0-9]{13,14}$/.test(text) && gtinCheckDigit(text.slice(0, -1)) === Number(text.at(-1));
}

/** Writes a GTIN-13 as 14 digits (a leading zero), the form of a Digital Link; a GTIN-14 stays as it is. */
export function asGtin14(gtin: string): string {
  return gtin.padStart(14, '0');
}

/** Makes the GTIN-13 of an item number under a GS1 company prefix (4 to 11 digits), both filling 12 digits together. */
export function makeGtin13(companyPrefix: string, itemNumber: number): GtinMade | GtinRefused {
  const body = gtinBody(companyPrefix, itemNumber);
  return typeof body === 'string' ? { kind: 'GtinMade', gtin: `${body}${gtinCheckDigit(body)}` } : body;
}

/** Makes the GTIN-14 of an item number with an indicator digit from 0 (the GTIN-13 itself) to 9. */
export function makeGtin14(
  indicator: number,
  companyPrefix: string,
  itemNumber: number,
): GtinMade | GtinRefused {
  if (!Number.isInteger(indicator) || indicator < 0 || indicator > 9) {
    return { kind: 'GtinRefused', message: `The indicator is ${indicator}, expected a digit from 0 to 9.` };
  }
  const body = gtinBody(companyPrefix, itemNumber);
  if (typeof body !== 'string') return body;
  return { kind: 'GtinMade', gtin: `${indicator}${body}${gtinCheckDigit(`${indicator}${body}`)}` };
}

/** How many items a company prefix can number: 10 to the digits left of 12. */
export function gtinCapacity(companyPrefix: string): number {
  return 10 ** (12 - companyPrefix.length);
}

function gtinBody(companyPrefix: string, itemNumber: number): string | GtinRefused {
  if (!/^[0-9]{4,11}$/.test(companyPrefix)) {
    return {
      kind: 'GtinRefused',
      message: `The company prefix is "${companyPrefix}", expected 4 to 11 digits from GS1.`,
    };
  }
  const capacity = gtinCapacity(companyPrefix);
  if (!Number.isSafeInteger(itemNumber) || itemNumber < 0 || itemNumber >= capacity) {
    const message = `The item number is ${itemNumber}, expected 0 to ${capacity - 1} under this company prefix.`;
    return {
      kind: 'GtinRefused',
      message: `${message} Configure a further prefix when the range is used up.`,
    };
  }
  return `${companyPrefix}${itemNumber.toString().padStart(12 - companyPrefix.length, '0')}`;
}
