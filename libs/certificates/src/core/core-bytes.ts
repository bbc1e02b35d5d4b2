import { refuseBundle, type Bundle, type BundleRefused, type Inclusion } from '../bundle.js';
import { documentRoot } from '../document.js';
import { EncodingError, fromHex, type Hex, toHex, uintBytes } from '../hex.js';
import { treeDepth } from '../tree.js';

/** The version byte with which every core of this layout begins. */
export const CORE_VERSION = 1;

/** What a core says, before any of it was checked: a certificate without its document, signer and root. */
export interface CoreParts {
  readonly chainId: number;
  readonly contract: Hex;
  readonly issuer: Hex;
  readonly edition: string;
  readonly serial: number;
  readonly documentRoot: Hex;
  readonly claimKey: Hex;
  /** 65 bytes; in the core it has 64 (EIP-2098, the parity of v in the top bit of s). */
  readonly signature: Hex;
  readonly inclusion: Omit<Inclusion, 'root' | 'index'>;
}

// version 1, chain 8, contract 20, issuer 20, edition 8, serial 4, document root 32, claim key 20, signature 64,
// first serial 4, count 4, time 8, cosignUntil 4; then 32 for each height of the tree.
const HEAD_BYTES = 197;
const MOST_HEIGHTS = 32;

/**
 * Writes the compact core of an anchored certificate, 421 bytes in a batch of 128: what a dense QR code holds. The root
 * is left out because it is computed, the signer because it is recovered; throws EncodingError when it is not anchored.
 */
export function encodeCore(bundle: Bundle): Uint8Array {
  const { inclusion } = bundle;
  if (inclusion === null) throw new EncodingError('Only an anchored certificate has a core.');
  const signature = fromHex(bundle.signature, 65);
  const compact = signature.slice(0, 64);
  if (signature[64] === 28) compact[32] = (compact[32] ?? 0) | 0x80;
  return join([
    Uint8Array.of(CORE_VERSION),
    uintBytes(bundle.chainId, 8),
    fromHex(bundle.contract, 20),
    fromHex(bundle.issuer, 20),
    uintBytes(BigInt(bundle.edition), 8),
    uintBytes(bundle.serial, 4),
    fromHex(documentRoot(bundle.document), 32),
    fromHex(bundle.claimKey, 20),
    compact,
    uintBytes(inclusion.firstSerial, 4),
    uintBytes(inclusion.count, 4),
    uintBytes(inclusion.time, 8),
    uintBytes(inclusion.cosignUntil, 4),
    ...inclusion.path.map((node) => fromHex(node, 32)),
  ]);
}

/** Takes a core apart; every byte has one meaning, and any other length than the count asks for is refused. */
export function decodeCore(bytes: Uint8Array): CoreParts | BundleRefused {
  if (bytes.length === 0)
    return refuseBundle('INPUT_EMPTY', 'The code is empty; expected that of a certificate.');
  if (bytes[0] !== CORE_VERSION)
    return refuseBundle('UNKNOWN_FORMAT', 'The code is of another version; a newer verifier may read it.');
  if (bytes.length < HEAD_BYTES || bytes.length > HEAD_BYTES + 32 * MOST_HEIGHTS)
    return refuseBundle('OUT_OF_RANGE', `The code has ${bytes.length} bytes, which no certificate has.`);
  let at = 1;
  const take = (length: number): Uint8Array => bytes.subarray(at, (at += length));
  const whole = (length: number): bigint => BigInt(toHex(take(length)));
  const chainId = Number(whole(8));
  const [contract, issuer] = [toHex(take(20)), toHex(take(20))];
  const [edition, serial] = [whole(8).toString(), Number(whole(4))];
  const [root, claimKey] = [toHex(take(32)), toHex(take(20))];
  const signature = expand(take(64));
  const [firstSerial, count] = [Number(whole(4)), Number(whole(4))];
  const [time, cosignUntil] = [Number(whole(8)), Number(whole(4))];
  if (
    !Number.isSafeInteger(chainId) ||
    !Number.isSafeInteger(time) ||
    serial < 1 ||
    firstSerial < 1 ||
    count < 1
  )
    return refuseBundle('OUT_OF_RANGE', 'The code holds a number that no certificate has.');
  if (bytes.length !== HEAD_BYTES + 32 * treeDepth(count))
    return refuseBundle(
      'OUT_OF_RANGE',
      `The code has ${bytes.length} bytes, which a batch of ${count} has not.`,
    );
  const path = Array.from({ length: treeDepth(count) }, () => toHex(take(32)));
  const inclusion = { firstSerial, count, time, cosignUntil, path };
  return { chainId, contract, issuer, edition, serial, documentRoot: root, claimKey, signature, inclusion };
}

function expand(compact: Uint8Array): Hex {
  const bytes = Uint8Array.from([...compact, 27]);
  const parity = (bytes[32] ?? 0) >>> 7;
  bytes[32] = (bytes[32] ?? 0) & 0x7f;
  bytes[64] = 27 + parity;
  return toHex(bytes);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
