import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../platform/config/config.js';

/** The key pair that signs access tokens. */
export interface SigningKeys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Thrown at the start when the key file is missing in production or is not an Ed25519 key. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function makeKey(directory: string, file: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process of the same start made it first; that one counts.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Reads KEYS_DIR/jwt.key (PEM, PKCS8, Ed25519); outside production a missing one is made. */
export function loadSigningKeys(config: Pick<Config, 'keysDir' | 'mode'>): SigningKeys {
  const file = join(config.keysDir, 'jwt.key');
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    if (config.mode === 'production')
      throw new SigningKeyError(
        'KEYS_DIR holds no jwt.key. Make one with "openssl genpkey -algorithm ed25519" and give it to this user only.',
      );
    makeKey(config.keysDir, file);
    pem = readFileSync(file, 'utf8');
  }
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new SigningKeyError(
      `jwt.key is a ${String(privateKey.asymmetricKeyType)} key; expected Ed25519 in PKCS8 PEM.`,
    );
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
