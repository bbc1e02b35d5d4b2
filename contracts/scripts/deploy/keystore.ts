import { createDecipheriv, pbkdf2Sync, scryptSync } from 'node:crypto';

import { bytesToHex, concat, hexToBytes, keccak256, toHex, type Hex } from 'viem';

type Kdf =
  | { kdf: 'scrypt'; kdfparams: { n: number; r: number; p: number; dklen: number; salt: string } }
  | { kdf: 'pbkdf2'; kdfparams: { c: number; prf: string; dklen: number; salt: string } };
type Keystore = {
  version: number;
  crypto: Kdf & { cipher: string; cipherparams: { iv: string }; ciphertext: string; mac: string };
};

/** Thrown when a keystore cannot be opened; its message never holds what is inside. */
export class KeystoreError extends Error {
  override readonly name = 'KeystoreError';
}

/** The private key in an encrypted JSON keystore (Web3 Secret Storage, version 3, as geth, foundry and ethers write it). */
export function openKeystore(text: string, password: string): Hex {
  const { version, crypto } = parsed(text);
  if (version !== 3 || crypto.cipher !== 'aes-128-ctr') {
    throw new KeystoreError(
      `The keystore is of version ${String(version)} with cipher ${crypto.cipher}, expected version 3 with aes-128-ctr.`,
    );
  }
  const key = derivedKey(crypto, password);
  const ciphertext = Buffer.from(crypto.ciphertext, 'hex');
  const mac = keccak256(concat([toHex(key.subarray(16, 32)), toHex(ciphertext)]));
  if (mac.slice(2) !== crypto.mac.toLowerCase()) {
    throw new KeystoreError('The keystore does not open with this password.');
  }
  const iv = Buffer.from(crypto.cipherparams.iv, 'hex');
  const decipher = createDecipheriv('aes-128-ctr', key.subarray(0, 16), iv);
  return bytesToHex(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
}

function parsed(text: string): Keystore {
  try {
    // The file of the operator; each field that matters is checked where it is used.
    const found = JSON.parse(text) as Partial<Keystore> & { Crypto?: Keystore['crypto'] };
    const crypto = found.crypto ?? found.Crypto;
    if (crypto !== undefined) return { version: found.version ?? 0, crypto };
  } catch {
    // Said below, without the text.
  }
  throw new KeystoreError('The keystore is not a JSON keystore: it has no member "crypto".');
}

function derivedKey(crypto: Kdf, password: string): Buffer {
  if (crypto.kdf === 'pbkdf2') {
    const { c, dklen, salt, prf } = crypto.kdfparams;
    if (prf !== 'hmac-sha256') throw new KeystoreError(`The keystore uses ${prf}, expected hmac-sha256.`);
    return pbkdf2Sync(password, hexToBytes(`0x${salt}`), c, dklen, 'sha256');
  }
  const { n, r, p, dklen, salt } = crypto.kdfparams;
  return scryptSync(password, hexToBytes(`0x${salt}`), dklen, { N: n, r, p, maxmem: 256 * n * r });
}
