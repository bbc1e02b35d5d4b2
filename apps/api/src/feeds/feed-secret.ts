import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../platform/config/config.js';

const FILE = /^([A-Za-z0-9_-]{43})\.ics$/;

/** The secret of a new feed: 256 bits as text that needs no escaping in an address. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** How a secret is stored and found: it has too much chance in it to be tried. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** The address of a feed. */
export function urlOf(config: Pick<Config, 'publicUrl'>, secret: string): string {
  return `${config.publicUrl}/feeds/${secret}.ics`;
}

/** The secret in the last part of a feed's address; null when it is none. */
export function secretIn(file: string): string | null {
  return FILE.exec(file)?.[1] ?? null;
}
