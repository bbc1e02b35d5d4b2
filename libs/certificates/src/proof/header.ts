import { type Hex, fromHex, isLowerHex, keccak, toHex } from '../hex.js';
import { ProofError } from './proof-error.js';
import { decodeRlp, encodeRlp } from './rlp.js';

/** What a verdict needs of a block, read from its header; the hash is of the very bytes. Time in seconds since 1970. */
export interface BlockHeader {
  readonly hash: Hex;
  readonly stateRoot: Hex;
  readonly number: number;
  readonly time: number;
}

// Frontier had 15 fields, Prague has 21; forks only add, and what they add does not move these.
const LEAST_FIELDS = 15;
const MOST_FIELDS = 40;
const [STATE_ROOT, NUMBER, TIME] = [3, 8, 11];

/** The fields of a header in their order, London to Prague last, and how many bytes each has (null: a number). */
const FIELDS: readonly (readonly [string, number | null | 'any'])[] = [
  ['parentHash', 32],
  ['sha3Uncles', 32],
  ['miner', 20],
  ['stateRoot', 32],
  ['transactionsRoot', 32],
  ['receiptsRoot', 32],
  ['logsBloom', 256],
  ['difficulty', null],
  ['number', null],
  ['gasLimit', null],
  ['gasUsed', null],
  ['timestamp', null],
  ['extraData', 'any'],
  ['mixHash', 32],
  ['nonce', 8],
  ['baseFeePerGas', null],
  ['withdrawalsRoot', 32],
  ['blobGasUsed', null],
  ['excessBlobGas', null],
  ['parentBeaconBlockRoot', 32],
  ['requestsHash', 32],
];

/** Reads a raw block header, the RLP list whose keccak256 is the block's hash; throws ProofError when it is none. */
export function readHeader(raw: Hex): BlockHeader {
  const bytes = evenBytes(raw);
  const fields = bytes && decodeRlp(bytes);
  if (bytes === null || fields === null || fields instanceof Uint8Array)
    throw new ProofError('MALFORMED', 'the header is not an RLP list');
  const parts = fields.map((field) => {
    if (field instanceof Uint8Array) return field;
    throw new ProofError('MALFORMED', 'the header holds a list');
  });
  const [root, number, time] = [parts[STATE_ROOT], parts[NUMBER], parts[TIME]];
  if (parts.length < LEAST_FIELDS || parts.length > MOST_FIELDS || root?.length !== 32)
    throw new ProofError('MALFORMED', 'the header has not the fields of a block');
  return {
    hash: toHex(keccak(bytes)),
    stateRoot: toHex(root),
    number: quantityOf(number),
    time: quantityOf(time),
  };
}

/**
 * Rebuilds the raw header from a block as `eth_getBlockByNumber` answers it; throws ProofError when the answer is no
 * block, or its header does not hash to the hash that it names: a chain whose headers differ, or a lie.
 */
export function headerOfBlock(block: unknown): Hex {
  if (typeof block !== 'object' || block === null)
    throw new ProofError('MALFORMED', 'there is no such block');
  const given = block as Readonly<Record<string, unknown>>;
  // Fields of later forks are simply not there before their fork.
  const present = FIELDS.filter(([name]) => given[name] !== undefined && given[name] !== null);
  const raw = encodeRlp(present.map(([name, size]) => fieldBytes(name, given[name], size)));
  if (toHex(keccak(raw)) === given['hash']) return toHex(raw);
  throw new ProofError(
    'OTHER_BLOCK',
    `the header of block ${String(given['number'])} does not hash to its hash`,
  );
}

function fieldBytes(name: string, value: unknown, size: number | null | 'any'): Uint8Array {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]*$/.test(value)) {
    const digits = value.slice(2).toLowerCase();
    if (size === null) {
      const trimmed = digits.replace(/^0+/, '');
      return evenBytes(`0x${trimmed.length % 2 === 1 ? '0' : ''}${trimmed}`) ?? new Uint8Array();
    }
    const bytes = evenBytes(`0x${digits}`);
    if (bytes !== null && (size === 'any' || bytes.length === size)) return bytes;
  }
  throw new ProofError('MALFORMED', `the block's ${name} is not what a header holds`);
}

function quantityOf(bytes: Uint8Array | undefined): number {
  // Six bytes always fit a double; a time or height beyond is no block of ours.
  if (bytes === undefined || bytes.length > 6 || bytes[0] === 0)
    throw new ProofError('MALFORMED', 'the header holds a number that is none');
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function evenBytes(hex: Hex): Uint8Array | null {
  const length = (hex.length - 2) / 2;
  return Number.isInteger(length) && isLowerHex(hex, length) ? fromHex(hex, length) : null;
}
