import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { CONSTANTS_AT, keccakModule, roundConstants } from './keccak-module.js';

// The compiler's library of types for servers does not name it.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

/** Bytes, or text that stands for its UTF-8 bytes. */
export type Hashed = Uint8Array | string;
type Hash = (parts: readonly Hashed[]) => Uint8Array;

const STATE_BYTES = 200;
const BLOCK_BYTES = 136;
const TRIED = Uint8Array.from({ length: 300 }, (_, place) => place);

const plain: Hash = (parts) =>
  keccak_256(concatBytes(...parts.map((part) => (typeof part === 'string' ? utf8ToBytes(part) : part))));

let hash = plain;

/** Keccak-256 (the hash of Ethereum, before SHA-3's padding) over the parts joined; 32 bytes. */
export function keccak(...parts: Hashed[]): Uint8Array {
  return hash(parts);
}

/**
 * Makes every later hash of this process about eight times as fast, by a WebAssembly module written here. For servers and
 * commands: pages do not call it, since their policy allows no such code. Throws when this machine would hash otherwise.
 */
export function hashFaster(): void {
  const faster = compiled();
  for (let length = 0; length <= TRIED.length; length += 1) {
    const tried = TRIED.subarray(0, length);
    if (plain([tried]).some((byte, place) => faster([tried])[place] !== byte))
      throw new Error(
        `The compiled hash differs from the plain one at ${length} bytes; nothing was changed.`,
      );
  }
  hash = faster;
}

function compiled(): Hash {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(keccakModule()));
  const { memory, permute } = exports as { memory: { buffer: ArrayBuffer }; permute: () => void };
  const state = new Uint8Array(memory.buffer, 0, STATE_BYTES);
  new BigUint64Array(memory.buffer, CONSTANTS_AT, 24).set(roundConstants());
  // Where the next byte goes, and whether nothing was permuted yet, so that bytes can be copied instead of added.
  let [at, fresh] = [0, true];
  const next = (): void => {
    permute();
    [at, fresh] = [0, false];
  };
  const absorb = (bytes: Uint8Array): void => {
    if (fresh && at + bytes.length < BLOCK_BYTES) {
      state.set(bytes, at);
      at += bytes.length;
      return;
    }
    for (const byte of bytes) {
      state[at] = (state[at] ?? 0) ^ byte;
      at += 1;
      if (at === BLOCK_BYTES) next();
    }
  };
  return (parts) => {
    state.fill(0);
    [at, fresh] = [0, true];
    for (const part of parts) absorb(typeof part === 'string' ? encoded(part) : part);
    state[at] = (state[at] ?? 0) ^ 0x01;
    state[BLOCK_BYTES - 1] = (state[BLOCK_BYTES - 1] ?? 0) ^ 0x80;
    permute();
    return state.slice(0, 32);
  };
}

const encoder = new TextEncoder();
const scratch = new Uint8Array(4096);

/** The UTF-8 bytes of a text, valid until the next call. */
function encoded(text: string): Uint8Array {
  const { read, written } = encoder.encodeInto(text, scratch);
  return read === text.length ? scratch.subarray(0, written) : utf8ToBytes(text);
}
