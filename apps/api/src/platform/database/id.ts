import { randomUUID } from 'node:crypto';

/** A new UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits, so keys arrive nearly in order. */
export function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  // The random bits and the variant of a version 4, which come from a store that is filled for many at once.
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}
