import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

export { keccak } from './keccak.js';

/** Bytes written as `0x` and two hex digits each; everything this library returns is lower case. */
export type Hex = `0x${string}`;

/** Thrown when a caller of this library passes bytes or a number of the wrong shape: a bug, not an answer. */
export class EncodingError extends Error {
  override name = 'EncodingError';
}

const NO_DIGIT = 255;
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  DIGITS[digit.charCodeAt(0)] = value;
  DIGITS[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Writes bytes as lower-case `0x` hex. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}

const LETTERS = [...'0123456789abcdef'].map((digit) => digit.charCodeAt(0));

/** The lower-case hex digits of bytes, without `0x`, as the bytes of their text: what is hashed next needs no string. */
export function hexDigits(bytes: Uint8Array): Uint8Array {
  const digits = new Uint8Array(bytes.length * 2);
  let at = 0;
  for (const byte of bytes) {
    digits[at] = LETTERS[byte >> 4] ?? 0;
    digits[at + 1] = LETTERS[byte & 15] ?? 0;
    at += 2;
  }
  return digits;
}

/** Reads `0x` hex (either case) of exactly `byteLength` bytes; throws EncodingError otherwise. */
export function fromHex(hex: Hex, byteLength: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, byteLength));
  let wrong = hex.length !== 2 + byteLength * 2 || !hex.startsWith('0x');
  for (let place = 0; place < byteLength && !wrong; place += 1) {
    const high = DIGITS[hex.charCodeAt(2 + place * 2)] ?? NO_DIGIT;
    const low = DIGITS[hex.charCodeAt(3 + place * 2)] ?? NO_DIGIT;
    wrong = high === NO_DIGIT || low === NO_DIGIT;
    bytes[place] = (high << 4) | low;
  }
  if (wrong) throw new EncodingError(`Got ${shorten(hex)}, expected 0x and ${byteLength * 2} hex digits.`);
  return bytes;
}

/** Tells whether a value is lower-case `0x` hex of exactly `byteLength` bytes, the only spelling a bundle may use. */
export function isLowerHex(value: unknown, byteLength: number): value is Hex {
  return typeof value === 'string' && value.length === 2 + byteLength * 2 && /^0x[0-9a-f]*$/.test(value);
}

/** Tells whether two hex strings name the same bytes, whatever their case (wallets print checksummed addresses). */
export function sameHex(left: Hex, right: Hex): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** Writes a whole number big-endian in `byteLength` bytes; throws EncodingError when it is negative or does not fit. */
export function uintBytes(value: bigint | number, byteLength: number): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new EncodingError(`Got ${value}, expected a whole number that a double holds exactly.`);
  }
  if (typeof value === 'number' && value >= 0 && value < 2 ** 32 && byteLength >= 4) {
    // Most numbers are small, and a view writes them without a detour by text.
    const bytes = new Uint8Array(byteLength);
    new DataView(bytes.buffer).setUint32(byteLength - 4, value);
    return bytes;
  }
  const whole = BigInt(value);
  if (whole < 0n || whole >> BigInt(byteLength * 8) !== 0n) {
    throw new EncodingError(`Got ${whole}, expected 0 or more within ${byteLength * 8} bits.`);
  }
  return hexToBytes(whole.toString(16).padStart(byteLength * 2, '0'));
}

/** Encodes text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return utf8ToBytes(text);
}

function shorten(text: string): string {
  return text.length > 70 ? `${text.slice(0, 67)}...` : text;
}
