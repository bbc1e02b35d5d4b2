import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config.js';

const FILE = 'tags.key';
const KEY = /^0x[0-9a-f]{64}$/;
const ISSUER_KEY_BYTES = 16;

/** Thrown when the key of the tags is malformed; it never shows its content. */
export class TagKeyFileError extends Error {
  override readonly name = 'TagKeyFileError';
}

/** The keys from which those of tags are derived. They never leave the process and are never logged. */
@Injectable()
export class TagKeyRing {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * The issuer key of a co-op's tags (Bolt Card scheme, 16 bytes): HMAC-SHA-256 of its id under the installation's key,
   * so that who programs the tags of one co-op learns nothing of another's. Null when this installation has no tags.
   */
  async issuerKeyOf(coopId: string): Promise<Uint8Array | null> {
    const root = await this.root();
    if (root === null) return null;
    const whole = createHmac('sha256', root).update(`tags:${coopId}`).digest();
    return new Uint8Array(whole.subarray(0, ISSUER_KEY_BYTES));
  }

  private async root(): Promise<Buffer | null> {
    const path = join(this.config.keysDir, FILE);
    const text = this.config.keys.get(FILE) ?? (await readFile(path, 'utf8').catch(absent));
    if (text === null) return null;
    const key = text.trim().toLowerCase();
    if (!KEY.test(key)) throw new TagKeyFileError(`${path} is not 0x and 64 hexadecimal digits.`);
    return Buffer.from(key.slice(2), 'hex');
  }
}

function absent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
