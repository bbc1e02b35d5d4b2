import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.js';
import type { RoundRequest } from './request.js';

const HASH = /^[0-9a-f]{64}$/;

/** Thrown when code, not a person, hands over a secret, seed or hash that is not 32 bytes in lower-case hex. */
export class RoundInputError extends Error {
  override readonly name = 'RoundInputError';
}

function bytesOf(what: string, hex: string): Uint8Array {
  const bare = hex.startsWith('0x') ? hex.slice(2) : hex;
  if (!HASH.test(bare)) throw new RoundInputError(`${what} must be 32 bytes in lower-case hex.`);
  return hexToBytes(bare);
}

/** What is published when a round opens: the SHA-256 of its secret (32 bytes in hex), in hex. */
export function commitmentOf(secret: string): string {
  return bytesToHex(sha256(bytesOf('The secret', secret)));
}

/** The seed of the draw: the SHA-256 of the secret's bytes followed by those of the block hash; hex in, hex out. */
export function seedOf(secret: string, blockHash: string): string {
  return bytesToHex(sha256(concatBytes(bytesOf('The secret', secret), bytesOf('The block hash', blockHash))));
}

/** A request's place among equals: the SHA-256 of the seed's bytes followed by the pseudonym in UTF-8, in hex. */
export function drawKey(seed: string, pseudonym: string): string {
  return bytesToHex(sha256(concatBytes(bytesOf('The seed', seed), utf8ToBytes(pseudonym))));
}

/** A member's name in one round: 16 bytes of the HMAC-SHA-256 of the account id under the round's salt, in hex. */
export function pseudonymOf(salt: string, accountId: string): string {
  return bytesToHex(hmac(sha256, bytesOf('The salt', salt), utf8ToBytes(accountId))).slice(0, 32);
}

/** The SHA-256, in hex, of the canonical JSON of the requests by pseudonym: what a round was drawn from. */
export function requestsDigest(requests: readonly RoundRequest[]): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(byPseudonym(requests)))));
}

/** The requests by pseudonym, so that the order in which they came in is not told. */
export function byPseudonym(requests: readonly RoundRequest[]): RoundRequest[] {
  return requests
    .map(({ pseudonym, pastWins, first, second, beyondQuota = [] }) => ({
      ...{ pseudonym, pastWins, first, second },
      ...(beyondQuota.length === 0 ? {} : { beyondQuota: beyondQuota.toSorted() }),
    }))
    .sort((a, b) => (a.pseudonym < b.pseudonym ? -1 : 1));
}
