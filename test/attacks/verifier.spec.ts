import { describe, expect, it } from '@jest/globals';
import {
  addressOfKey,
  type Bundle,
  bundleText,
  factsFromBundle,
  hashFaster,
  parseBundle,
  type TrustRoot,
  trustOf,
} from '@touchmark/certificates';
import {
  ANCHORED_AT,
  at,
  batch,
  handedOut,
  judge,
  type Place,
  real,
  seeded,
  signer,
  stored,
  trust,
} from './scene.ts';

hashFaster();
const good = at(batch(), 1);
const unanchored = (bundle: Bundle): Bundle => ({ ...bundle, inclusion: null });
const thief = addressOfKey(seeded('thief'));

describe('attacks on the verifier', () => {
  it('nothing is attacked: the certificate that all of these imitate is GENUINE', () => {
    expect(judge(good, stored(good)).verdict).toBe('GENUINE');
  });

  it('counterfeit issuer: an edition of the same work by another address is never GENUINE', () => {
    const counterfeit = at(batch({ at: { ...real, issuer: thief } }), 1);
    const facts = stored(counterfeit);
    expect(judge(counterfeit, facts)).toMatchObject({
      verdict: 'UNDETERMINED',
      axes: { issuer: { reason: 'ISSUER_NAME_NOT_CHECKED' } },
    });
    // Also when the forger writes the real domain on chain: the domain does not name the forger.
    const bound = {
      ...trust,
      issuers: [{ kind: 'DomainBound', issuer: real.issuer, domain: 'harbour.example' }],
    } as const;
    expect(judge(counterfeit, facts, bound).verdict).toBe('UNDETERMINED');
  });

  it('look-alike contract: what counts at another contract of the same code is NOT_GENUINE', () => {
    const lookAlike = at(batch({ at: { ...real, contract: thief } }), 1);
    expect(judge(lookAlike, stored(lookAlike))).toMatchObject({
      verdict: 'NOT_GENUINE',
      axes: { issuer: { reason: 'WRONG_CONTRACT' } },
    });
  });

  it('look-alike contract, offline: other code at the right address proves nothing', () => {
    const root = JSON.parse(handedOut('trust-root.json')) as TrustRoot;
    const read = parseBundle(handedOut('genuine-proven.json'));
    if (read.kind === 'BundleRefused') throw new Error(read.message);
    expect(factsFromBundle(root, read)).not.toHaveProperty('unavailable');
    expect(factsFromBundle({ ...root, codeHash: seeded('other code') }, read)).toHaveProperty('unavailable');
  });

  it('stolen signer: a second certificate for an anchored serial is never GENUINE, nor PROVISIONAL', () => {
    const second = at(batch({ title: 'Forged at night' }), 1);
    expect(judge(unanchored(second), stored(null)).verdict).toBe('UNDETERMINED');
    expect(judge(second, stored(good))).toMatchObject({
      verdict: 'NOT_GENUINE',
      axes: { anchor: { reason: 'BATCH_DIFFERS' } },
    });
  });

  it('stolen signer: what it signs for a free serial is no more than PROVISIONAL, and falls with the key', () => {
    const forged = unanchored(at(batch({ title: 'Forged at night', first: 6 }), 0));
    expect(judge(forged, stored(null)).verdict).toBe('PROVISIONAL');
    const retired = { validFrom: ANCHORED_AT - 5000, retiredAt: ANCHORED_AT + 10 };
    expect(judge(forged, stored(null, { signer: retired })).verdict).toBe('NOT_GENUINE');
  });

  it('retired key: what was anchored before stands, what was anchored in that second or later does not', () => {
    const word = (retiredAt: number): string =>
      judge(good, stored(good, { signer: { validFrom: ANCHORED_AT - 5000, retiredAt } })).verdict;
    expect([ANCHORED_AT + 1, ANCHORED_AT, ANCHORED_AT - 1].map(word)).toEqual([
      ...['GENUINE', 'NOT_GENUINE', 'NOT_GENUINE'],
    ]);
  });

  it('back-dated certificate: no time but that of the block counts, whatever the bundle says', () => {
    const earlier = at(batch({ time: ANCHORED_AT - 1000 }), 1);
    const retired = { validFrom: ANCHORED_AT - 5000, retiredAt: ANCHORED_AT - 500 };
    expect(judge(earlier, stored(good, { signer: retired })).verdict).toBe('NOT_GENUINE');
    expect(judge(earlier, stored(good))).toMatchObject({
      verdict: 'NOT_GENUINE',
      axes: { anchor: { reason: 'BATCH_DIFFERS' } },
    });
  });

  it('shadow edition on a second chain: the same edition on another chain is NOT_GENUINE, whatever that chain stores', () => {
    const shadow = at(batch({ at: { ...real, chainId: 8453 } }), 1);
    expect(judge(shadow, stored(shadow))).toMatchObject({
      verdict: 'NOT_GENUINE',
      axes: { issuer: { reason: 'WRONG_CHAIN' } },
    });
  });

  it.each<[string, Partial<Place>]>([
    ['another chain', { chainId: 8453 }],
    ['another contract', { contract: thief }],
    ['another issuer', { issuer: thief }],
  ])('replay at %s: the signature is not one over that', (_, elsewhere) => {
    const moved = { ...real, ...elsewhere };
    const whom = { ...moved, issuers: [{ kind: 'Pinned', issuer: moved.issuer }] } as const;
    expect(judge({ ...good, ...elsewhere }, stored(good), whom)).toMatchObject({
      verdict: 'NOT_GENUINE',
      axes: { document: { reason: 'SIGNATURE_MISMATCH' } },
    });
  });

  it('stale-status bundle: it is GENUINE only as of its block, which is named, and not as of a newer one', () => {
    const root = JSON.parse(handedOut('trust-root.json')) as TrustRoot;
    const text = handedOut('genuine-proven.json');
    const read = parseBundle(text);
    if (read.kind === 'BundleRefused') throw new Error(read.message);
    const facts = factsFromBundle(root, read);
    if ('unavailable' in facts) throw new Error(facts.unavailable);
    const then = judge(text, facts, trustOf(root));
    expect(then).toMatchObject({ verdict: 'GENUINE', asOf: { blockHash: root.blockHash } });
    expect(then.notProven.join(' ')).toContain('block');
    const newer = factsFromBundle({ ...root, blockHash: seeded('newer block') }, read);
    if (!('unavailable' in newer)) throw new Error('A proof of an older block was taken for a newer one.');
    expect(judge(text, newer.unavailable, trustOf(root)).verdict).toBe('UNDETERMINED');
    expect(judge(text, { ...facts, status: 7 }, trustOf(root)).verdict).toBe('WITHDRAWN');
  });

  it.each<[string, (text: string) => string]>([
    ['a space', (text) => text.replace(',', ', ')],
    ['a line at its end', (text) => `${text}\n`],
    ['a key twice', (text) => text.replace('{', '{"chainId":31337,')],
    ['an escaped letter', (text) => text.replace('what', '\\u0077hat')],
    ['upper-case hex', (text) => text.replace(/0x[0-9a-f]{40}/, (hex) => `0x${hex.slice(2).toUpperCase()}`)],
    ['a number written otherwise', (text) => text.replace('"serial":2', '"serial":2e0')],
  ])('non-canonical bundle: %s makes it NOT_GENUINE', (_, change) => {
    const changed = change(bundleText(good));
    expect(changed).not.toBe(bundleText(good));
    expect(judge(changed, stored(good)).verdict).toBe('NOT_GENUINE');
  });

  it('signer address that has code: only the key can sign, and no code is ever asked', () => {
    // A contract wallet would say yes to anything; the address that a bundle names must come out of its signature.
    const claimed = { ...good, signer: thief };
    expect(judge(claimed, stored(claimed))).toMatchObject({
      verdict: 'NOT_GENUINE',
      axes: { document: { reason: 'SIGNATURE_MISMATCH' } },
    });
    expect(signer.address).toBe(good.signer);
  });

  it('reorg after anchoring: a batch that is gone is UNDETERMINED until that is final, and then NOT_GENUINE', () => {
    const gone = { batchCommitment: null, edition: { ...stored(good).edition, anchored: 0 } } as Parameters<
      typeof stored
    >[1];
    expect(judge(good, stored(good, { finality: 'latest' })).verdict).toBe('PROVISIONAL');
    expect(judge(good, stored(good, { ...gone, finality: 'latest' })).verdict).toBe('UNDETERMINED');
    expect(judge(good, stored(good, gone)).verdict).toBe('NOT_GENUINE');
  });

  it('oversize and hostile input: the answer is a refusal, in time', () => {
    const deep = '['.repeat(100_000);
    const hostile = [
      'x'.repeat(5_000_000),
      deep,
      `${deep}${']'.repeat(100_000)}`,
      '{"__proto__":{"format":"touchmark.certificate/1"}}',
      bundleText(good).replace('"serial":2', `"serial":${'9'.repeat(200_000)}`),
      bundleText(good).replace('Harbour', '\u0000\u001b[2J\u202e'),
      '\ufeff',
      '',
    ];
    for (const text of hostile) expect(judge(text, stored(good)).verdict).toBe('NOT_GENUINE');
  });
});
