import { cbc, cmac } from '@noble/ciphers/aes.js';
import { bytesToHex, concatBytes, equalBytes, hexToBytes } from '@noble/ciphers/utils.js';

/** What a tag said of itself, as far as it was encrypted to us; its MAC is still to be checked. */
export interface TagHeard {
  readonly kind: 'TagHeard';
  /** 14 lower-case hex digits. */
  readonly uid: string;
  /** How often the tag was read, 1 to 2^24 - 1; it only ever rises. */
  readonly counter: number;
}

/** The code is none of a tag of this issuer. */
export interface TagUnreadable {
  readonly kind: 'TagUnreadable';
}

const PICC = /^[0-9a-fA-F]{32}$/;
const MAC = /^[0-9a-fA-F]{16}$/;
// PICCDataTag: uid mirrored, counter mirrored, a uid of 7 bytes (NT4H2421Gx data sheet, 9.3.3).
const UID_AND_COUNTER = 0xc7;
const UID_BYTES = 7;
const COUNTER_AT = 1 + UID_BYTES;
const SESSION_VECTOR = hexToBytes('3cc300010080');

/** Tells whether two texts have the form of a tap: 32 hex digits of encrypted PICC data and 16 of MAC. */
export function isTapCode(picc: string, mac: string): boolean {
  return PICC.test(picc) && MAC.test(mac);
}

/** Decrypts the PICC data of a tap (NXP AN12196, 3.4.2) under the 16 bytes of the issuer's reading key. */
export function hearTag(readingKey: Uint8Array, picc: string): TagHeard | TagUnreadable {
  if (!PICC.test(picc)) return { kind: 'TagUnreadable' };
  const cipher = cbc(readingKey, new Uint8Array(16), { disablePadding: true });
  const plain = cipher.decrypt(hexToBytes(picc.toLowerCase()));
  const counter = new DataView(plain.buffer, plain.byteOffset).getUint32(COUNTER_AT, true) & 0xff_ff_ff;
  if (plain[0] !== UID_AND_COUNTER || counter === 0) return { kind: 'TagUnreadable' };
  return { kind: 'TagHeard', uid: bytesToHex(plain.subarray(1, COUNTER_AT)), counter };
}

/**
 * The MAC of a tap as 16 upper-case hex digits (NXP AN12196, 3.4.4): AES-CMAC of `input` (empty unless the tag also
 * mirrors file data) under a session key of uid and counter, every second byte of it. `key` is K2 of the tag.
 */
export function tapMac(
  key: Uint8Array,
  { uid, counter }: Pick<TagHeard, 'uid' | 'counter'>,
  input: Uint8Array = new Uint8Array(),
): string {
  const littleEndian = Uint8Array.of(counter & 0xff, (counter >> 8) & 0xff, (counter >> 16) & 0xff);
  const session = cmac(concatBytes(SESSION_VECTOR, hexToBytes(uid), littleEndian), key);
  const whole = cmac(input, session);
  return bytesToHex(whole.filter((_, place) => place % 2 === 1)).toUpperCase();
}

/** Tells, in a time that does not depend on where they differ, whether `mac` is the MAC of this tap. */
export function isMacOf(key: Uint8Array, tap: Pick<TagHeard, 'uid' | 'counter'>, mac: string): boolean {
  return MAC.test(mac) && equalBytes(hexToBytes(tapMac(key, tap)), hexToBytes(mac));
}
