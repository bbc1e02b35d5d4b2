import { concatBytes } from '@noble/hashes/utils.js';
import { ProofError } from './proof-error.js';

/** A decoded RLP item (Ethereum yellow paper, appendix B): bytes, or a list of items. */
export type Rlp = Uint8Array | readonly Rlp[];

// A header and a trie node are lists of bytes, or of small nodes within; nothing honest is nested deeper.
const MAX_DEPTH = 8;

interface Item {
  readonly value: Rlp;
  readonly end: number;
}

/** Decodes exactly one RLP item; throws ProofError for anything but its one canonical encoding. */
export function decodeRlp(bytes: Uint8Array): Rlp {
  const { value, end } = readItem(bytes, 0, 0);
  if (end !== bytes.length) throw new ProofError('MALFORMED', 'there are bytes after an RLP item');
  return value;
}

/** Encodes bytes or a list of items by RLP. */
export function encodeRlp(item: Rlp): Uint8Array {
  if (item instanceof Uint8Array) {
    const [first] = item;
    return item.length === 1 && first !== undefined && first < 0x80
      ? item
      : concatBytes(prefix(0x80, item.length), item);
  }
  const inner = concatBytes(...item.map(encodeRlp));
  return concatBytes(prefix(0xc0, inner.length), inner);
}

function prefix(offset: number, length: number): Uint8Array {
  if (length < 56) return Uint8Array.of(offset + length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(offset + 55 + digits.length, ...digits);
}

function readItem(bytes: Uint8Array, at: number, depth: number): Item {
  if (depth > MAX_DEPTH) throw new ProofError('MALFORMED', 'an RLP item is nested too deep');
  const first = byteAt(bytes, at);
  if (first < 0x80) return { value: bytes.subarray(at, at + 1), end: at + 1 };
  const isList = first >= 0xc0;
  const short = first - (isList ? 0xc0 : 0x80);
  const { start, length } = short < 56 ? { start: at + 1, length: short } : longLength(bytes, at, short - 55);
  const end = start + length;
  if (end > bytes.length) throw new ProofError('MALFORMED', 'an RLP item is cut short');
  if (isList) return { value: readItems(bytes.subarray(start, end), depth + 1), end };
  // A single byte below 0x80 stands for itself; with a prefix it would be a second spelling of the same.
  if (length === 1 && byteAt(bytes, start) < 0x80)
    throw new ProofError('MALFORMED', 'an RLP byte has a prefix');
  return { value: bytes.subarray(start, end), end };
}

function readItems(bytes: Uint8Array, depth: number): Rlp[] {
  const items: Rlp[] = [];
  for (let at = 0; at < bytes.length;) {
    const item = readItem(bytes, at, depth);
    items.push(item.value);
    at = item.end;
  }
  return items;
}

function longLength(bytes: Uint8Array, at: number, digits: number): { start: number; length: number } {
  // Nothing here is near 2^32 bytes long, so longer lengths are hostile.
  if (digits > 4 || byteAt(bytes, at + 1) === 0)
    throw new ProofError('MALFORMED', 'an RLP length is misspelt');
  let length = 0;
  for (let place = 1; place <= digits; place += 1) length = length * 256 + byteAt(bytes, at + place);
  if (length < 56) throw new ProofError('MALFORMED', 'an RLP length is misspelt');
  return { start: at + 1 + digits, length };
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new ProofError('MALFORMED', 'an RLP item is cut short');
  return byte;
}
