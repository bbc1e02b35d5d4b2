import { type Hex, fromHex, keccak, toHex, uintBytes } from '../hex.js';
import { tokenIdOf } from '../token.js';

/**
 * Where the contract keeps what a verdict needs: the numbers of its state variables. Frozen with the contract's code
 * (`slots.spec.ts` asks the compiler); a proof never names a slot itself.
 */
export const LAYOUT = {
  _domains: 0,
  _publishers: 2,
  _signers: 4,
  _editions: 7,
  _batches: 8,
  _statusWords: 10,
  _replacements: 11,
  _owners: 14,
  _missing: 18,
} as const;

/** Serials whose status shares one storage word. */
export const SERIALS_PER_WORD = 64;

/** The slot of an issuer's domain; a domain of more than 31 bytes continues in `domainTailSlots`. */
export function domainSlot(issuer: Hex): Hex {
  return under('_domains', address(issuer));
}

/** The slots of a text of `byteLength` bytes (more than 31) whose first slot is `slot`. */
export function domainTailSlots(slot: Hex, byteLength: number): Hex[] {
  const first = BigInt(toHex(keccak(fromHex(slot, 32))));
  return Array.from({ length: Math.ceil(byteLength / 32) }, (_, place) =>
    // Slots are counted modulo 2^256, as the contract counts them.
    toHex(uintBytes(BigInt.asUintN(256, first + BigInt(place)), 32)),
  );
}

/** The slot of an issuer's publisher. */
export function publisherSlot(issuer: Hex): Hex {
  return under('_publishers', address(issuer));
}

/** The slot of one signer's period: valid from in the lower 64 bits, retired at in the next. */
export function signerSlot(issuer: Hex, signer: Hex): Hex {
  return toHex(keccak(address(signer), fromHex(under('_signers', address(issuer)), 32)));
}

/** The slot of an edition's word. */
export function editionSlot(issuer: Hex, edition: bigint): Hex {
  return under('_editions', editionKey(issuer, edition));
}

/** The slot of the commitment of the batch that starts at `firstSerial`. */
export function batchSlot(issuer: Hex, edition: bigint, firstSerial: number): Hex {
  return under('_batches', uintBytes(tokenIdOf({ issuer, edition, serial: firstSerial }), 32));
}

/** The slot of the word that holds the status of a serial (four bits each). */
export function statusSlot(issuer: Hex, edition: bigint, serial: number): Hex {
  const key = BigInt(toHex(editionKey(issuer, edition))) + BigInt(serial);
  return under('_statusWords', uintBytes(key / BigInt(SERIALS_PER_WORD), 32));
}

/** The slots of what is kept per token: its replacement's leaf, its owner, its report of missing. */
export function tokenSlots(tokenId: bigint): { replacement: Hex; owner: Hex; missing: Hex } {
  const key = uintBytes(tokenId, 32);
  return {
    replacement: under('_replacements', key),
    owner: under('_owners', key),
    missing: under('_missing', key),
  };
}

function editionKey(issuer: Hex, edition: bigint): Uint8Array {
  return new Uint8Array([...fromHex(issuer, 20), ...uintBytes(edition, 8), 0, 0, 0, 0]);
}

function under(variable: keyof typeof LAYOUT, key: Uint8Array): Hex {
  return toHex(keccak(key, uintBytes(LAYOUT[variable], 32)));
}

function address(hex: Hex): Uint8Array {
  return new Uint8Array([...new Uint8Array(12), ...fromHex(hex, 20)]);
}
