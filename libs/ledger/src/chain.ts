import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { ACCOUNTS, balanced, LedgerInputError, type LedgerTransaction } from './transaction.js';

/**
 * A transaction as it stands in a provider's books: `sequence` counts from 1 without gaps, `postedAt` is epoch
 * milliseconds, `reference` the id of the booking, order or hand-over it belongs to.
 */
export interface PostedTransaction extends LedgerTransaction {
  readonly coopId: string;
  readonly sequence: number;
  readonly postedAt: number;
  readonly reference: string | null;
}

/** The previous hash of the first transaction. */
export const GENESIS_HASH = '0'.repeat(64);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CODE = /^[a-z][a-z_]{0,62}$/;
const HASH = /^[0-9a-f]{64}$/;

// The value found stays out of the message: what is wrong may be a name, and messages are logged.
function must(holds: boolean, what: string): void {
  if (!holds) throw new LedgerInputError(`A ledger transaction has ${what}. Mend it before it is hashed.`);
}

const isId = (id: string | null): boolean => id === null || UUID.test(id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The bytes that are hashed, as text: JSON with sorted keys and no spaces, amounts as decimal strings, entries
 * sorted by account, party and amount so that the order in which they are read back does not matter. Throws
 * LedgerInputError for anything but codes, lower-case uuids, whole numbers and balanced entries: personal data has no way in.
 */
export function canonicalTransaction(posted: PostedTransaction): string {
  const { postedAt, sequence } = posted;
  const [before, between, after] = canonicalParts(posted);
  must(Number.isSafeInteger(postedAt), 'a time that is not whole milliseconds');
  must(Number.isSafeInteger(sequence) && sequence >= 1, 'a sequence that does not count from 1');
  return `${before}${postedAt}${between}${sequence}${after}`;
}

/**
 * The canonical text of a transaction around the two numbers that are known last: what stands before the time in epoch
 * milliseconds, between it and the sequence, and behind that. Throws LedgerInputError as `canonicalTransaction` does.
 */
export function canonicalParts(
  posted: Omit<PostedTransaction, 'postedAt' | 'sequence'>,
): readonly [before: string, between: string, after: string] {
  const { coopId, currency, entries, kind, reference } = posted;
  must(UUID.test(coopId), 'a coopId that is no lower-case uuid');
  must(isId(reference), 'a reference that is no lower-case uuid');
  must(/^[A-Z]{3}$/.test(currency), 'a currency that is no ISO 4217 code');
  must(CODE.test(kind), 'a kind that is no code');
  must(balanced(posted), 'entries that do not balance');
  const rows = entries.map(({ account, amountMinor, partyId }) => {
    must(ACCOUNTS.includes(account), 'an account that does not exist');
    must(isId(partyId), 'a partyId that is no lower-case uuid');
    return JSON.stringify({ account, amountMinor: amountMinor.toString(), partyId });
  });
  const head = JSON.stringify({ coopId, currency }).slice(0, -1);
  const body = `${head},"entries":[${rows.sort(compare).join(',')}],"kind":${JSON.stringify(kind)}`;
  return [`${body},"postedAt":`, `,"reference":${JSON.stringify(reference)},"sequence":`, '}'];
}

/** The SHA-256, in lower-case hex, of the previous hash, a line feed and the canonical transaction in UTF-8. */
export function entryHash(prevHash: string, posted: PostedTransaction): string {
  must(HASH.test(prevHash), 'a previous hash that is not 64 hex digits');
  return bytesToHex(sha256(utf8ToBytes(`${prevHash}\n${canonicalTransaction(posted)}`)));
}

export type ChainVerdict =
  | { readonly kind: 'ChainIntact'; readonly count: number; readonly headHash: string }
  | { readonly kind: 'ChainBroken'; readonly sequence: number; readonly message: string };

const broken = (sequence: number, message: string): ChainVerdict => ({
  kind: 'ChainBroken',
  sequence,
  message,
});

/**
 * Checks one provider's whole chain in order of sequence: consecutive numbers from 1, one provider, balanced
 * transactions, and every stored hash equal to the recomputed one; the first fault is named by its sequence.
 */
export function verifyChain(
  transactions: readonly (PostedTransaction & { readonly hash: string })[],
): ChainVerdict {
  let headHash = GENESIS_HASH;
  for (const [index, posted] of transactions.entries()) {
    const expected = index + 1;
    if (posted.sequence !== expected) {
      return broken(
        expected,
        `Number ${posted.sequence} stands where ${expected} belongs: one was removed or added.`,
      );
    }
    if (posted.coopId !== transactions[0]?.coopId) {
      return broken(
        expected,
        `Number ${expected} belongs to another provider. Read one provider's chain at a time.`,
      );
    }
    try {
      headHash = entryHash(headHash, posted);
    } catch (error) {
      if (error instanceof LedgerInputError) return broken(expected, error.message);
      throw error;
    }
    if (headHash !== posted.hash) {
      return broken(
        expected,
        `Number ${expected} or one before it was changed: its hash is ${posted.hash}, not ${headHash}.`,
      );
    }
  }
  return { kind: 'ChainIntact', count: transactions.length, headHash };
}
