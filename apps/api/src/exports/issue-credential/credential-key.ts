import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DidKey } from '@touchmark/certificates';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, importPKCS8 } from 'jose';
import { DidKeys } from '../../naming/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';

const FILE = 'credential.key';

/** Thrown when the key of credentials is missing or of another kind; it never shows what it read. */
export class CredentialKeyError extends Error {
  override readonly name = 'CredentialKeyError';
}

/** A key by which credentials are signed, and its public half as it stands in did.json. */
export interface SigningKey {
  readonly key: CryptoKey;
  readonly published: DidKey;
}

/** The ES256 key of credentials, by environment or file; published in each did.json while credentials are on. */
@Injectable()
export class CredentialKey implements OnModuleInit {
  private reading: Promise<SigningKey> | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DidKeys) keys: DidKeys,
  ) {
    keys.add(async () => (config.credentials ? [(await this.signing()).published] : []));
  }

  /** A process that is to issue credentials does not start without their key. */
  async onModuleInit(): Promise<void> {
    if (this.config.credentials) await this.signing();
  }

  signing(): Promise<SigningKey> {
    this.reading ??= this.read();
    return this.reading;
  }

  private async read(): Promise<SigningKey> {
    const { keysDir, keys } = this.config;
    const given = keys.get(FILE)?.replaceAll('\\n', '\n');
    const pem = given ?? (await readFile(join(keysDir, FILE), 'utf8').catch(() => null));
    if (pem === null)
      throw new CredentialKeyError(
        `CREDENTIALS is on, and KEYS_DIR holds no ${FILE}. Make one with "openssl genpkey -algorithm EC -pkeyopt ` +
          'ec_paramgen_curve:P-256" and give it to this user only, or set CREDENTIALS=off.',
      );
    // What the library says of a malformed key may quote it.
    const key = await importPKCS8(pem, 'ES256', { extractable: true }).catch(() => null);
    if (key === null) throw new CredentialKeyError(`${FILE} is no P-256 key; expected one in PKCS8 PEM.`);
    const { kty, crv, x, y } = await exportJWK(key);
    if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined)
      throw new CredentialKeyError(`${FILE} is no P-256 key; expected one in PKCS8 PEM.`);
    const jwk = { kty, crv, x, y, alg: 'ES256', use: 'sig' };
    return { key, published: { name: `es256-${await calculateJwkThumbprint(jwk)}`, jwk } };
  }
}
