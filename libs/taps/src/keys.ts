import { cmac } from '@noble/ciphers/aes.js';
import { concatBytes, hexToBytes } from '@noble/ciphers/utils.js';

/** The five application keys of one NTAG 424 DNA, 16 bytes each. */
export interface TagKeys {
  /** Changes the keys of the tag. */
  readonly k0: Uint8Array;
  /** Encrypts what the tag says of itself; the same for all tags of an issuer, so that any of them can be read. */
  readonly k1: Uint8Array;
  /** Authenticates a tap. */
  readonly k2: Uint8Array;
  readonly k3: Uint8Array;
  readonly k4: Uint8Array;
}

/** Thrown for a key, uid or version that no tag has: a bug of the caller. */
export class TagKeyError extends Error {
  override readonly name = 'TagKeyError';
}

const KEY_BYTES = 16;
const UID = /^[0-9a-f]{14}$/;

/** AES-CMAC (RFC 4493) as a pseudo-random function of constant prefixes. */
function prf(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  return cmac(concatBytes(...parts), key);
}

const constant = (last: string): Uint8Array => hexToBytes(`2d003f${last}`);

function requireKey(issuerKey: Uint8Array): void {
  if (issuerKey.length !== KEY_BYTES)
    throw new TagKeyError(`an issuer key has ${KEY_BYTES} bytes, this one ${issuerKey.length}`);
}

/** Tells whether text is the uid of an NTAG 424 DNA: 7 bytes as 14 lower-case hex digits. */
export function isTagUid(text: string): boolean {
  return UID.test(text);
}

/**
 * The key under which every tag of an issuer encrypts its uid and counter (K1 of the Bolt Card scheme,
 * https://github.com/boltcard/boltcard/blob/main/docs/DETERMINISTIC.md). `issuerKey` has 16 bytes.
 */
export function readingKeyOf(issuerKey: Uint8Array): Uint8Array {
  requireKey(issuerKey);
  return prf(issuerKey, constant('77'));
}

/**
 * The keys of one tag by the Bolt Card scheme of deterministic keys (same source): a card key from the issuer's key of
 * 16 bytes, the uid (14 hex digits) and the version of the keys on that tag (0 to 2^32 - 1, raised when they are changed).
 */
export function tagKeysOf(issuerKey: Uint8Array, uid: string, version: number): TagKeys {
  requireKey(issuerKey);
  if (!isTagUid(uid)) throw new TagKeyError('the uid of a tag is 14 lower-case hex digits');
  if (!Number.isInteger(version) || version < 0 || version >= 2 ** 32)
    throw new TagKeyError(`the version of keys is a whole number below 2^32, not ${version}`);
  const littleEndian = new Uint8Array(4);
  new DataView(littleEndian.buffer).setUint32(0, version, true);
  const cardKey = prf(issuerKey, constant('75'), hexToBytes(uid), littleEndian);
  return {
    k0: prf(cardKey, constant('76')),
    k1: readingKeyOf(issuerKey),
    k2: prf(cardKey, constant('78')),
    k3: prf(cardKey, constant('79')),
    k4: prf(cardKey, constant('7a')),
  };
}
