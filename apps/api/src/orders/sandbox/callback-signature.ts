import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';

/** The header that carries the signature: the HMAC-SHA-256 of the body's bytes, as hexadecimal digits. */
export const SIGNATURE_HEADER = 'x-sandbox-signature';

/** The callback's media type; not application/json, so that the body arrives as the bytes that were signed. */
export const CALLBACK_TYPE = 'application/vnd.touchmark.sandbox+json';

/** Signs and checks the sandbox's callbacks with a secret of their own, derived from the installation's sealing key. */
@Injectable()
export class CallbackSignature {
  private derived: Buffer | undefined;

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'keysDir'>) {}

  sign(body: string): string {
    return this.hmac(body).toString('hex');
  }

  /** Compares in constant time. */
  matches(body: string, signature: string): boolean {
    const given = Buffer.from(signature, 'hex');
    const expected = this.hmac(body);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private hmac(body: string): Buffer {
    return createHmac('sha256', this.secret()).update(body, 'utf8').digest();
  }

  private secret(): Buffer {
    this.derived ??= Buffer.from(
      hkdfSync(
        'sha256',
        readFileSync(join(this.config.keysDir, 'claim-seal.key')),
        '',
        'sandbox callbacks 1',
        32,
      ),
    );
    return this.derived;
  }
}
