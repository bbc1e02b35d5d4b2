import { type JsonValue, canonicalProblem } from './canonical-json.js';
import { type Hex, isLowerHex } from './hex.js';
import type { RefusalReason } from './reasons.js';

/** Leaves the reading of a bundle from any depth; `parseBundle` turns it into the refusal it carries. */
export class ShapeError extends Error {
  override name = 'ShapeError';
  constructor(
    readonly reason: RefusalReason,
    message: string,
  ) {
    super(message);
  }
}

/** Reads an object that has exactly these keys, no fewer and no more. */
export function exactObject<K extends string>(
  value: unknown,
  at: string,
  keys: readonly K[],
): Record<K, unknown> {
  if (!isRecord(value)) throw wrongType(at, 'an object', value);
  const unknown = Object.keys(value).find((key) => !(keys as readonly string[]).includes(key));
  if (unknown !== undefined) {
    throw new ShapeError(
      'UNKNOWN_KEY',
      `${at} has the unknown key "${unknown.slice(0, 40)}"; expected ${keys.join(', ')}.`,
    );
  }
  const missing = keys.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) throw new ShapeError('MISSING_KEY', `${at} lacks the key "${missing}".`);
  return value;
}

/** Tells whether a value is an object with this key, to choose between two shapes. */
export function hasKey(value: unknown, key: string): boolean {
  return isRecord(value) && Object.hasOwn(value, key);
}

/** Reads a list of at most `limit` items, each by `read`. */
export function list<T>(
  value: unknown,
  at: string,
  limit: number,
  read: (item: unknown, at: string) => T,
): T[] {
  if (!Array.isArray(value)) throw wrongType(at, 'a list', value);
  if (value.length > limit) {
    throw new ShapeError('OUT_OF_RANGE', `${at} has ${value.length} items, expected at most ${limit}.`);
  }
  return value.map((item: unknown, place) => read(item, `${at}[${place}]`));
}

/** Reads text. */
export function text(value: unknown, at: string): string {
  if (typeof value !== 'string') throw wrongType(at, 'text', value);
  return value;
}

/** Reads lower-case hex of exactly `byteLength` bytes. */
export function hex(value: unknown, at: string, byteLength: number): Hex {
  const asText = text(value, at);
  if (isLowerHex(asText, byteLength)) return asText;
  throw new ShapeError('OUT_OF_RANGE', `${at} is not 0x and ${byteLength * 2} lower-case hex digits.`);
}

/** Reads lower-case hex of one or more whole bytes. */
export function hexBytes(value: unknown, at: string): Hex {
  const asText = text(value, at);
  const byteLength = (asText.length - 2) / 2;
  if (byteLength >= 1 && isLowerHex(asText, byteLength)) return asText;
  throw new ShapeError('OUT_OF_RANGE', `${at} is not 0x and whole bytes of lower-case hex.`);
}

/** Reads a whole number within closed limits. */
export function whole(value: unknown, at: string, least: number, most: number): number {
  if (typeof value !== 'number') throw wrongType(at, 'a whole number', value);
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new ShapeError(
    'OUT_OF_RANGE',
    `${at} is ${value}, expected a whole number from ${least} to ${most}.`,
  );
}

/** Reads a uint64 in decimal digits without leading zeros. */
export function decimalUint64(value: unknown, at: string): string {
  const asText = text(value, at);
  if (/^(0|[1-9][0-9]{0,19})$/.test(asText) && BigInt(asText) < 1n << 64n) return asText;
  throw new ShapeError('OUT_OF_RANGE', `${at} is not a uint64 in decimal digits without leading zeros.`);
}

/** Reads any JSON value that has a canonical form. */
export function json(value: unknown, at: string): JsonValue {
  const problem = canonicalProblem(value);
  if (problem !== null) throw new ShapeError('OUT_OF_RANGE', `${at}: ${problem}.`);
  // canonicalProblem has just walked the whole value and found nothing but JSON.
  return value as JsonValue;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(at: string, expected: string, value: unknown): ShapeError {
  const got = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
  return new ShapeError('WRONG_TYPE', `${at} is ${got}, expected ${expected}.`);
}
