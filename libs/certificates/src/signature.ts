import { secp256k1 } from '@noble/curves/secp256k1';
import { fromHex, type Hex, isLowerHex, keccak, toHex } from './hex.js';

/** The address whose key signed. */
export interface SignerRecovered {
  readonly kind: 'SignerRecovered';
  readonly address: Hex;
}

/** Why no address can be told from a signature. */
export interface SignatureRefused {
  readonly kind: 'SignatureRefused';
  readonly reason: 'SIGNATURE_HIGH_S' | 'SIGNATURE_MALFORMED';
  readonly message: string;
}

/** A signing key with its address, which costs as much to compute as a signature does. */
export interface SigningKey {
  readonly privateKey: Hex;
  readonly address: Hex;
}

/** Prepares a private key for signing many certificates; what is printed or copied of it shows the address alone. */
export function signingKey(privateKey: Hex): SigningKey {
  const key = { privateKey, address: addressOfKey(privateKey) };
  return Object.defineProperty(key, 'privateKey', { enumerable: false });
}

/** Signs a 32-byte digest with plain ECDSA on secp256k1, deterministic by RFC 6979: 65 bytes r, low s, v of 27 or 28. */
export function signDigest(privateKey: Hex, digest: Hex): Hex {
  const signature = secp256k1.sign(fromHex(digest, 32), fromHex(privateKey, 32), { lowS: true });
  return `${toHex(signature.toCompactRawBytes())}${signature.recovery === 0 ? '1b' : '1c'}`;
}

/** The address of a private key: the last 20 bytes of keccak256 of its public point. */
export function addressOfKey(privateKey: Hex): Hex {
  return addressOfPoint(secp256k1.getPublicKey(fromHex(privateKey, 32), false));
}

/** Recovers the signing address of a 65-byte signature; high s (the malleable twin) and any v but 27 or 28 are refused. */
export function recoverSigner(digest: Hex, signature: Hex): SignerRecovered | SignatureRefused {
  if (!isLowerHex(signature, 65)) return malformed('it is not 65 bytes of lower-case hex');
  const bytes = fromHex(signature, 65);
  const v = bytes[64] ?? 0;
  if (v !== 27 && v !== 28) return malformed(`its last byte is ${v}, expected 27 or 28`);
  const parsed = attempt(() => secp256k1.Signature.fromCompact(bytes.subarray(0, 64)));
  if (parsed === null) return malformed('r or s is zero or beyond the order of the curve');
  if (parsed.hasHighS()) {
    const message =
      'The signature has a high s; expected the low one. Sign again with a library that normalises s.';
    return { kind: 'SignatureRefused', reason: 'SIGNATURE_HIGH_S', message };
  }
  const message = fromHex(digest, 32);
  const point = attempt(() => parsed.addRecoveryBit(v - 27).recoverPublicKey(message));
  if (point === null) return malformed('r is not the abscissa of a point on the curve');
  return { kind: 'SignerRecovered', address: addressOfPoint(point.toRawBytes(false)) };
}

/** A 65-byte signature in the two words of ERC-2098: r, and s with the parity of v in its highest bit. */
export function compactSignature(signature: Hex): { readonly r: Hex; readonly vs: Hex } {
  const bytes = fromHex(signature, 65);
  const vs = bytes.slice(32, 64);
  // A low s leaves the highest bit free.
  if (bytes[64] === 28) vs[0] = (vs[0] ?? 0) | 0x80;
  return { r: toHex(bytes.subarray(0, 32)), vs: toHex(vs) };
}

function addressOfPoint(uncompressed: Uint8Array): Hex {
  return toHex(keccak(uncompressed.subarray(1)).subarray(12));
}

function malformed(detail: string): SignatureRefused {
  const message = `The signature cannot be read: ${detail}. Ask the issuer for the bundle again.`;
  return { kind: 'SignatureRefused', reason: 'SIGNATURE_MALFORMED', message };
}

// The curve library throws on values that an attacker can choose; here they are an answer, not a bug.
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
