/** An exact fraction in lowest terms with a positive denominator. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Thrown when code, not a person, hands over a number that money cannot be made of. */
export class MoneyInputError extends Error {
  override readonly name = 'MoneyInputError';
}

/** The greatest common divisor of two integers, never negative (Euclid). */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The fraction in lowest terms; throws MoneyInputError when the denominator is zero. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) {
    throw new MoneyInputError('A fraction got the denominator 0. Pass one that is not zero.');
  }
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = gcd(numerator, denominator) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The exact sum of two fractions, in lowest terms. */
export function addRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareRational(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The fraction as text, `7/10`, or `3` when it is whole. */
export function formatRational(value: Rational): string {
  return value.denominator === 1n ? `${value.numerator}` : `${value.numerator}/${value.denominator}`;
}

/** numerator / denominator to the nearest integer, a half going to the even neighbour; the denominator is positive. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) {
    throw new MoneyInputError(`A rounded division got the denominator ${denominator}. Pass a positive one.`);
  }
  const truncated = numerator / denominator;
  const rest = numerator - truncated * denominator;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = twice > denominator || (twice === denominator && truncated % 2n !== 0n);
  return away ? truncated + (numerator < 0n ? -1n : 1n) : truncated;
}
