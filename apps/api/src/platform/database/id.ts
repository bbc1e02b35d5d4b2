import { randomUUID } from 'node:crypto';

// What 12 bits count to.
const MOST_IN_A_MILLISECOND = 0xfff;
let atMs = 0;
let place = 0;

/**
 * A new UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, the place among those of one millisecond (6.2, method 1),
 * then random bits. So those of one process sort in the order in which they were made, also when its clock is set back.
 */
export function newId(): string {
  const nowMs = Date.now();
  if (nowMs > atMs) [atMs, place] = [nowMs, 0];
  else if (place < MOST_IN_A_MILLISECOND) place += 1;
  else [atMs, place] = [atMs + 1, 0];
  const time = atMs.toString(16).padStart(12, '0');
  // The random bits and the variant of a version 4, which come from a store that is filled for many at once.
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${place.toString(16).padStart(3, '0')}${random.slice(18)}`;
}
