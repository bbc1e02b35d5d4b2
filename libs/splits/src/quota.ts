import { gcd } from '@touchmark/money';

/** Thrown when code, not a person, asks for a split that cannot exist. */
export class SplitInputError extends Error {
  override readonly name = 'SplitInputError';
}

/** The largest sum that reduced weights may have: the length of one period, and so the cost of the first split. */
export const MAX_PERIOD = 100_000;

const KEPT_SEQUENCES = 64;
const sequences = new Map<string, Uint8Array>();

function reduce(weights: readonly (bigint | number)[]): { reduced: number[]; period: number } {
  const whole = weights.map((weight) => {
    if (typeof weight === 'number' && !Number.isSafeInteger(weight)) {
      throw new SplitInputError(`The weight ${weight} is not a whole number. Pass integers.`);
    }
    return BigInt(weight);
  });
  if (whole.length < 1 || whole.length > 255 || whole.some((weight) => weight < 0n)) {
    throw new SplitInputError('A split needs 1 to 255 weights, none of them negative.');
  }
  const divisor = whole.reduce(gcd, 0n);
  if (divisor === 0n)
    throw new SplitInputError('All weights of a split are 0. Give at least one party a share.');
  const sum = whole.reduce((total, weight) => total + weight, 0n) / divisor;
  if (sum > BigInt(MAX_PERIOD)) {
    throw new SplitInputError(
      `The reduced weights sum to ${sum}, more than ${MAX_PERIOD}. Use coarser shares.`,
    );
  }
  return { reduced: whole.map((weight) => Number(weight / divisor)), period: Number(sum) };
}

/**
 * Who gets each unit of one period. The quota method (Balinski and Young, "The quota method of apportionment",
 * American Mathematical Monthly 82, 1975): unit h + 1 goes to the party with the largest weight / (held + 1) among
 * those that may have one more, i.e. held < weight * (h + 1) / sum; a tie goes to the party that stands first.
 * All products stay below MAX_PERIOD squared, so numbers are exact here.
 */
function quotaSequence(weights: readonly number[], period: number): Uint8Array {
  const order = new Uint8Array(period);
  const held = weights.map(() => 0);
  for (let size = 1; size <= period; size += 1) {
    let [best, bestWeight, bestHeld] = [-1, 0, 0];
    for (const [party, weight] of weights.entries()) {
      const has = held[party] ?? 0;
      const eligible = has * period < weight * size;
      if (eligible && (best < 0 || weight * (bestHeld + 1) > bestWeight * (has + 1))) {
        [best, bestWeight, bestHeld] = [party, weight, has];
      }
    }
    held[best] = bestHeld + 1;
    order[size - 1] = best;
  }
  return order;
}

// A memo of a pure function: it saves time and can change no answer.
function sequenceOf(weights: readonly number[], period: number): Uint8Array {
  const key = weights.join('/');
  const known = sequences.get(key);
  if (known) return known;
  const made = quotaSequence(weights, period);
  const oldest = sequences.keys().next();
  if (sequences.size >= KEPT_SEQUENCES && !oldest.done) sequences.delete(oldest.value);
  sequences.set(key, made);
  return made;
}

/**
 * What each party holds of a running total, in minor units, as a function of the total alone: the quota method of
 * Balinski and Young (1975), which is within quota and house-monotone and repeats with the sum of the reduced
 * weights. Throws SplitInputError for a negative total, no positive weight, or a period above MAX_PERIOD.
 */
export function quotaTargets(weights: readonly (bigint | number)[], totalMinor: bigint): bigint[] {
  if (totalMinor < 0n) {
    throw new SplitInputError(
      `A running total of ${totalMinor} was split. Refunds cannot exceed what was sold.`,
    );
  }
  const { reduced, period } = reduce(weights);
  const periods = totalMinor / BigInt(period);
  const rest = Number(totalMinor % BigInt(period));
  // Counted as numbers: up to MAX_PERIOD steps, many times per transaction, while others wait for the books.
  const begun = reduced.map(() => 0);
  for (const party of sequenceOf(reduced, period).subarray(0, rest)) begun[party] = (begun[party] ?? 0) + 1;
  return reduced.map((weight, party) => BigInt(weight) * periods + BigInt(begun[party] ?? 0));
}

/**
 * What each party gains when the running total moves from one value to another, in minor units: the difference of
 * the targets, so a refund is the exact mirror of the sale it undoes and the parts always sum to the movement.
 */
export function allocate(
  weights: readonly (bigint | number)[],
  totalBeforeMinor: bigint,
  totalAfterMinor: bigint,
): bigint[] {
  const before = quotaTargets(weights, totalBeforeMinor);
  return quotaTargets(weights, totalAfterMinor).map((target, party) => target - (before[party] ?? 0n));
}
