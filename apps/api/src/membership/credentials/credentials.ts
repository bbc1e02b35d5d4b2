import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { type SigningKeys, loadSigningKeys } from './key-file.js';

const CODE_DIGITS = 8;

/** What a derived secret is for; one purpose's secret is worthless for another. */
export type SecretPurpose = 'invitation' | 'password_reset';

/** SHA-256 of a secret that has 256 bits of chance in it, which is how it is stored. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** 32 random bytes as text that needs no escaping in a link or header. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The keys of this deployment. Secrets that travel by mail are derived from the id of their row, so neither the
 * database nor a waiting job ever holds one: the mail job derives it again from the id.
 */
@Injectable()
export class Credentials {
  readonly keys: SigningKeys;
  private readonly secret: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.keys = loadSigningKeys(config);
    const seed = this.keys.privateKey.export({ type: 'pkcs8', format: 'der' });
    this.secret = Buffer.from(hkdfSync('sha256', seed, 'touchmark', 'secrets sent by mail', 32));
  }

  /** The token in the link of an invitation or a password reset. */
  tokenOf(purpose: SecretPurpose, id: string): string {
    return this.mac(`${purpose}:${id}`).toString('base64url');
  }

  /** The sign-in code of the row `id`: eight digits. */
  codeOf(id: string): string {
    const number = this.mac(`sign_in_code:${id}`).readBigUInt64BE(0) % 10n ** BigInt(CODE_DIGITS);
    return number.toString().padStart(CODE_DIGITS, '0');
  }

  /** How a code is stored: keyed, because eight digits alone could be found by trying. */
  codeHash(id: string, code: string): Buffer {
    return this.mac(`sign_in_code_hash:${id}:${code}`);
  }

  private mac(text: string): Buffer {
    return createHmac('sha256', this.secret).update(text).digest();
  }
}
