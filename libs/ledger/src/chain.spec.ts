import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalParts,
  canonicalTransaction,
  chargeBooking,
  entryHash,
  GENESIS_HASH,
  receiveDeposit,
  verifyChain,
  type PostedTransaction,
} from './index.js';

const coopId = '01990000-0000-7000-8000-000000000001';
const memberId = '01990000-0000-7000-8000-000000000002';
const orderId = '01990000-0000-7000-8000-000000000003';

const posted = (sequence: number, amountMinor = 100n): PostedTransaction => ({
  ...(sequence % 2 ? chargeBooking : receiveDeposit)({ currency: 'EUR', partyId: memberId, amountMinor }),
  coopId,
  sequence,
  postedAt: 1_800_000_000_000 + sequence,
  reference: orderId,
});

function chainOf(length: number) {
  let hash = GENESIS_HASH;
  return Array.from({ length }, (_, index) => {
    const transaction = posted(index + 1, BigInt(index + 1));
    return { ...transaction, hash: (hash = entryHash(hash, transaction)) };
  });
}

describe('the hash chain', () => {
  it('hashes canonical JSON with sorted keys and amounts as text', () => {
    const text =
      `{"coopId":"${coopId}","currency":"EUR","entries":[` +
      `{"account":"booking_revenue","amountMinor":"-100","partyId":null},` +
      `{"account":"member_receivable","amountMinor":"100","partyId":"${memberId}"}],` +
      `"kind":"booking_charged","postedAt":1800000000001,"reference":"${orderId}","sequence":1}`;
    expect(canonicalTransaction(posted(1))).toBe(text);
    const independent = createHash('sha256').update(`${GENESIS_HASH}\n${text}`, 'utf8').digest('hex');
    expect(entryHash(GENESIS_HASH, posted(1))).toBe(independent);
  });

  it('stands around the time and the number as what is known before them', () => {
    const { postedAt, sequence, ...known } = posted(7);
    const [before, between, after] = canonicalParts(known);
    expect(`${before}${String(postedAt)}${between}${String(sequence)}${after}`).toBe(
      canonicalTransaction(posted(7)),
    );
    expect(() => canonicalParts({ ...known, reference: 'for Ada' })).toThrow('reference');
  });

  it('does not depend on the order in which entries or keys are read back', () => {
    const one = posted(1);
    const { reference, ...rest } = one;
    const other = { reference, ...rest, entries: one.entries.toReversed() };
    expect(entryHash(GENESIS_HASH, other)).toBe(entryHash(GENESIS_HASH, one));
  });

  it('finds an untouched chain intact and tells its length and head', () => {
    const chain = chainOf(20);
    expect(verifyChain(chain)).toEqual({ kind: 'ChainIntact', count: 20, headHash: chain[19]?.hash });
    expect(verifyChain([])).toEqual({ kind: 'ChainIntact', count: 0, headHash: GENESIS_HASH });
  });

  it('names the first transaction that was changed, whatever was changed in it', () => {
    const changes: ((one: PostedTransaction) => Partial<PostedTransaction>)[] = [
      (one) => ({ entries: one.entries.map((entry) => ({ ...entry, amountMinor: entry.amountMinor * 2n })) }),
      (one) => ({ entries: one.entries.map((entry) => ({ ...entry, account: 'cash' as const })) }),
      (one) => ({ entries: one.entries.map((entry) => ({ ...entry, partyId: orderId })) }),
      () => ({ currency: 'USD' }),
      () => ({ kind: 'sale_made' }),
      (one) => ({ postedAt: one.postedAt + 1 }),
      () => ({ reference: null }),
    ];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.constantFrom(...changes), (at, change) => {
        const chain = chainOf(10).map((one, index) => (index === at ? { ...one, ...change(one) } : one));
        expect(verifyChain(chain)).toMatchObject({ kind: 'ChainBroken', sequence: at + 1 });
      }),
    );
  });

  it('notices a transaction that was removed, swapped, re-hashed alone or brought from another provider', () => {
    const chain = chainOf(5);
    const [first, second, third] = chain;
    if (!first || !second || !third) throw new Error('the chain is too short');
    expect(verifyChain([first, third])).toMatchObject({ kind: 'ChainBroken', sequence: 2 });
    expect(verifyChain([second, first])).toMatchObject({ kind: 'ChainBroken', sequence: 1 });
    const changed = { ...posted(2, 999n), hash: entryHash(first.hash, posted(2, 999n)) };
    expect(verifyChain([first, changed, third])).toMatchObject({ kind: 'ChainBroken', sequence: 3 });
    expect(verifyChain([first, { ...second, coopId: orderId }])).toMatchObject({
      kind: 'ChainBroken',
      message: expect.stringContaining('another provider'),
    });
  });

  it('notices a transaction that does not balance', () => {
    const chain = chainOf(3).map((one) => ({ ...one, entries: one.entries.slice(0, 1) }));
    expect(verifyChain(chain)).toMatchObject({
      sequence: 1,
      message: expect.stringContaining('do not balance'),
    });
  });

  it('has no way in for personal data', () => {
    const entries = posted(1).entries.map((entry) => ({ ...entry, partyId: 'ada@example.test' }));
    expect(() => canonicalTransaction({ ...posted(1), entries })).toThrow(
      'partyId that is no lower-case uuid',
    );
    expect(() => canonicalTransaction({ ...posted(1), entries })).not.toThrow('ada@example.test');
    expect(() => canonicalTransaction({ ...posted(1), reference: 'for Ada' })).toThrow('reference');
  });

  it('throws on a previous hash that is none', () => {
    expect(() => entryHash('', posted(1))).toThrow('64 hex digits');
  });
});
