import { rational, type Rational } from './rational.js';

/** A text that is not a share or a ratio; the message says what was read and what is accepted. */
export interface ShareUnreadable {
  readonly kind: 'ShareUnreadable';
  readonly text: string;
  readonly message: string;
}

// Longer numbers cannot be meant, and an unbounded one would let a request spend our time.
const DIGITS = '[0-9]{1,12}';
const FRACTION = new RegExp(`^(${DIGITS})/(${DIGITS})$`);
const DECIMAL = new RegExp(`^(${DIGITS})(?:\\.(${DIGITS}))?(%?)$`);
const RATIO = new RegExp(`^${DIGITS}(?:/${DIGITS})+$`);

function unreadable(text: string, expected: string): ShareUnreadable {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return { kind: 'ShareUnreadable', text: shown, message: `"${shown}" is not ${expected}.` };
}

/** Reads one share, written `1/3`, `0.25`, `25%` or `12.5%`, as an exact fraction. */
export function parseShare(text: string): { kind: 'ShareRead'; share: Rational } | ShareUnreadable {
  const expected =
    'a share. Write a fraction such as 1/3, a decimal such as 0.25 or a percentage such as 25%';
  const trimmed = text.trim();
  const fraction = FRACTION.exec(trimmed);
  if (fraction) {
    const [, numerator = '', denominator = ''] = fraction;
    if (BigInt(denominator) === 0n) return unreadable(text, expected);
    return { kind: 'ShareRead', share: rational(BigInt(numerator), BigInt(denominator)) };
  }
  const decimal = DECIMAL.exec(trimmed);
  if (!decimal) return unreadable(text, expected);
  const [, whole = '', places = '', percent = ''] = decimal;
  const scale = 10n ** BigInt(places.length) * (percent ? 100n : 1n);
  return { kind: 'ShareRead', share: rational(BigInt(whole + places), scale) };
}

/**
 * Reads a ratio such as `70/20/10` or `2/1` as one exact share per part, each part over the sum of the parts,
 * so the shares always sum to one; whoever means percent must check that `sum` is 100.
 */
export function parseRatio(
  text: string,
): { kind: 'RatioRead'; shares: Rational[]; sum: bigint } | ShareUnreadable {
  const trimmed = text.trim();
  if (!RATIO.test(trimmed) || trimmed.length > 700) {
    return unreadable(
      text,
      'a ratio. Write two or more whole numbers with slashes between them, such as 70/20/10',
    );
  }
  const parts = trimmed.split('/').map(BigInt);
  const sum = parts.reduce((total, part) => total + part, 0n);
  if (parts.includes(0n))
    return unreadable(text, 'a ratio of positive parts. Leave out whoever gets nothing');
  return { kind: 'RatioRead', shares: parts.map((part) => rational(part, sum)), sum };
}
