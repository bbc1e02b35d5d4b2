import { describe, expect, it } from '@jest/globals';
import { type Bundle, deriveCertificate, refuseBundle } from '../bundle.js';
import { withhold } from '../document.js';
import { REASONS, type ReasonName } from '../reasons.js';
import { batchTime, bytesOf, home, issuer, sampleAnchored } from '../sample-certificate.js';
import { sampleDocument, sampleUnanchored } from '../sample-certificate.js';
import { decideVerdict } from './decide-verdict.js';
import { bound, type Facts, finalFacts, inEdition, judge, latest } from './sample-facts.js';
import { noBatch, pinned, signer, trusting } from './sample-facts.js';
import type { Axis, Trust, VerdictWord } from './verdict.types.js';

const anchored = sampleAnchored(2);
const waiting = sampleUnanchored(7);
const second = sampleUnanchored(2);
const newer = sampleUnanchored(2, sampleDocument(3));
const replacedBy = (leaf: Facts['replacement'] = bytesOf('leaf')): Facts => ({
  status: 1,
  replacement: leaf,
});
const byNewer: Facts = { ...noBatch, ...replacedBy(deriveCertificate(newer).leaf) };
const lagging: Facts = { ...noBatch, blockTime: batchTime - 1, ...inEdition({ anchored: 0 }) };
const voided: Facts = { batchCommitment: `0x${'00'.repeat(32)}`, ...inEdition({ anchored: 0 }) };
const other: Facts = { batchCommitment: bytesOf('batch') };
const nameless: Facts = { issuer: { domain: '', publisher: home.contract } };
const unread = 'connection refused';

// What is the case, the axis that shows it and its reason, the bundle, what differs on chain, whom one trusts.
type Case = [string, Axis, ReasonName, Bundle | null, (Facts | string)?, Trust?];

const cases: Record<VerdictWord, Case[]> = {
  GENUINE: [
    ['all six axes valid at a final block', 'anchor', 'ANCHORED', anchored],
    [
      'a domain and an issuer that name each other',
      'issuer',
      'ISSUER_BOUND',
      anchored,
      {},
      bound('HARBOUR.example'),
    ],
    [
      'a key retired after anchoring',
      'signer',
      'SIGNER_VALID_WHEN_ANCHORED',
      anchored,
      signer(1, batchTime + 1),
    ],
    ['a key added in that second', 'signer', 'SIGNER_VALID_WHEN_ANCHORED', anchored, signer(batchTime, 0)],
    ['a piece reported missing', 'holder', 'REPORTED_MISSING', anchored, { missing: { reportedAt: 1 } }],
    ['a claimed token', 'holder', 'CLAIMED', anchored, { holder: issuer }],
    [
      'a closed edition',
      'serial',
      'SERIAL_IN_EDITION',
      sampleAnchored(5),
      inEdition({ size: 5, closed: true }),
    ],
    ['a replacement', 'anchor', 'ANCHORED_AS_REPLACEMENT', newer, byNewer],
    [
      'its key retired since',
      'signer',
      'SIGNER_CONFIRMED_BY_REPLACEMENT',
      newer,
      { ...byNewer, ...signer(1, 2) },
    ],
  ],
  PROVISIONAL: [
    ['no inclusion and a valid key', 'anchor', 'NOT_ANCHORED', waiting, noBatch],
    ['no edition on chain', 'serial', 'EDITION_NOT_OPENED', waiting, { ...noBatch, edition: null }],
    [
      'the end of anchoring passed',
      'anchor',
      'ANCHOR_TIME_OVER',
      waiting,
      inEdition({ anchorUntil: batchTime }),
    ],
    ['the last objection second', 'anchor', 'IN_OBJECTION_TIME', anchored, { blockTime: batchTime + 599 }],
    ['a block that is not final', 'anchor', 'BLOCK_NOT_FINAL', anchored, latest],
    ['a replacement, not final', 'anchor', 'BLOCK_NOT_FINAL', newer, { ...byNewer, ...latest }],
    ['a node behind the batch', 'anchor', 'BLOCK_BEFORE_BATCH', anchored, lagging],
    ['a block of its second', 'anchor', 'BLOCK_BEFORE_BATCH', anchored, { ...lagging, blockTime: batchTime }],
    ['a node behind all', 'serial', 'SERIAL_BLOCK_BEFORE_BATCH', anchored, { ...lagging, edition: null }],
  ],
  WITHDRAWN: [
    ['a withdrawn serial', 'status', 'STATUS_REVOKED', anchored, { status: 3 }],
    ['one replaced before', 'status', 'STATUS_REVOKED', anchored, { ...replacedBy(), status: 2 }],
    ['one without a certificate', 'status', 'STATUS_REVOKED', null, { status: 2 }],
    [
      'a withdrawn replacement',
      'status',
      'STATUS_REVOKED',
      newer,
      { ...byNewer, ...signer(1, 2), status: 2 },
    ],
  ],
  SUPERSEDED: [
    ['a replaced certificate', 'status', 'STATUS_REPLACED', anchored, replacedBy()],
    ['one at a block not final', 'status', 'STATUS_REPLACED', anchored, { ...latest, ...replacedBy() }],
  ],
  NOT_GENUINE: [
    ['another chain', 'issuer', 'WRONG_CHAIN', anchored, {}, { ...pinned, chainId: 1 }],
    ['a look-alike contract', 'issuer', 'WRONG_CONTRACT', anchored, {}, { ...pinned, contract: issuer }],
    ['a key that never was a signer', 'signer', 'SIGNER_UNKNOWN', anchored, { signer: null }],
    ['a key whose history is zero', 'signer', 'SIGNER_UNKNOWN', anchored, signer(0, 0)],
    ['a later key', 'signer', 'SIGNER_ADDED_AFTER_ANCHOR', anchored, signer(batchTime + 1, 0)],
    ['a retired key', 'signer', 'SIGNER_RETIRED_BEFORE_ANCHOR', anchored, signer(1, batchTime - 1)],
    ['one retired that second', 'signer', 'SIGNER_RETIRED_BEFORE_ANCHOR', anchored, signer(1, batchTime)],
    [
      'one retired, no batch',
      'signer',
      'SIGNER_RETIRED_BEFORE_ANCHOR',
      waiting,
      { ...noBatch, ...signer(1, 2) },
    ],
    [
      'one, future batch',
      'signer',
      'SIGNER_RETIRED_BEFORE_ANCHOR',
      anchored,
      { ...lagging, ...signer(1, 2) },
    ],
    ['a batch that is not there', 'anchor', 'BATCH_ABSENT', anchored, noBatch],
    ['a batch that was voided', 'anchor', 'BATCH_ABSENT', anchored, voided],
    ['another batch', 'anchor', 'BATCH_DIFFERS', anchored, other],
    ['another batch, withdrawn', 'anchor', 'BATCH_DIFFERS', anchored, { ...other, status: 2 }],
    ['a serial above the size', 'serial', 'SERIAL_ABOVE_SIZE', anchored, inEdition({ size: 1 })],
    ['one above it, not anchored', 'serial', 'SERIAL_ABOVE_SIZE', waiting, inEdition({ size: 6 })],
    ['a serial not anchored', 'serial', 'SERIAL_BEYOND_ANCHORED', anchored, inEdition({ anchored: 1 })],
    ['a voided replacement', 'serial', 'SERIAL_BEYOND_ANCHORED', newer, { ...byNewer, ...voided }],
    ['an edition that was never opened', 'serial', 'EDITION_UNKNOWN', anchored, { edition: null }],
  ],
  UNDETERMINED: [
    ['no certificate', 'document', 'NO_BUNDLE', null],
    ['none of a replaced serial', 'status', 'STATUS_REPLACED_NO_BUNDLE', null, replacedBy()],
    ['an unknown issuer', 'issuer', 'ISSUER_NAME_NOT_CHECKED', anchored, {}, trusting()],
    ['one of a waiting piece', 'issuer', 'ISSUER_NAME_NOT_CHECKED', waiting, noBatch, trusting()],
    ['a domain of another', 'issuer', 'ISSUER_DOMAIN_DIFFERS', anchored, {}, bound('other.example')],
    ['no domain on chain', 'issuer', 'ISSUER_DOMAIN_DIFFERS', anchored, nameless, bound('')],
    ['a second signature', 'serial', 'SERIAL_ALREADY_ANCHORED', second, noBatch],
    [
      'a replacement of a voided batch, its serial anchored anew',
      'serial',
      'SERIAL_ALREADY_ANCHORED',
      newer,
      { ...byNewer, status: 0 },
    ],
    ['one after replacement', 'serial', 'SERIAL_ALREADY_ANCHORED', second, { ...noBatch, ...replacedBy() }],
    [
      'a batch that a reorg may bring',
      'anchor',
      'BATCH_ABSENT_NOT_FINAL',
      anchored,
      { ...latest, ...noBatch },
    ],
    [
      'a key newer than the block of a node behind',
      'signer',
      'SIGNER_BLOCK_BEFORE_BATCH',
      anchored,
      { ...lagging, signer: null },
    ],
    ['a batch without its edition', 'serial', 'EDITION_UNKNOWN', anchored, { ...latest, edition: null }],
    ['an unreadable chain', 'anchor', 'ANCHOR_CHAIN_UNAVAILABLE', anchored, unread],
    ['one, not anchored', 'signer', 'SIGNER_CHAIN_UNAVAILABLE', waiting, unread],
    ['one and a domain', 'issuer', 'ISSUER_CHAIN_UNAVAILABLE', anchored, unread, bound('harbour.example')],
    ['one and no certificate', 'status', 'STATUS_CHAIN_UNAVAILABLE', null, unread],
  ],
};

describe.each(Object.entries(cases))('the verdict is %s', (verdict, rows) => {
  // Named, because a row with fewer cells than the test has parameters would be taken for one that calls back.
  const named = rows.map(([name, ...row]) => ({ name, row }));
  it.each(named)('for $name', ({ row: [axis, reason, bundle, facts, trust] }) => {
    const decided = judge(bundle, facts, trust);
    expect({ verdict: decided.verdict, reason: decided.axes[axis].reason }).toEqual({ verdict, reason });
    expect(decided.axes[axis].code).toBe(REASONS[reason]);
  });
});

describe('the verdict', () => {
  it.each([finalFacts, { unavailable: unread }])(
    'is NOT_GENUINE for a refused bundle, with its reason',
    (chainFacts) => {
      const bundle = refuseBundle('SIGNATURE_MISMATCH', 'changed');
      const { verdict, axes } = decideVerdict({ bundle, chainFacts, trust: pinned });
      expect([verdict, axes.document.code]).toEqual(['NOT_GENUINE', 114]);
    },
  );

  it('names the issuer whose name was not checked', () => {
    expect(judge(anchored, {}, trusting()).notProven).toContain(`issued by ${issuer}, name not checked`);
  });

  it('says what it proves and never that the object is the one', () => {
    const { proven, notProven } = judge(anchored);
    expect(proven).toHaveLength(6);
    expect(proven).toContain('No. 2 of at most 50; the contract refuses more.');
    expect(notProven.at(-1)).toBe('That this object is the one the certificate was made for.');
  });

  it('says that what withheld fields say is not proven', () => {
    const { verdict, notProven } = judge(sampleAnchored(2, withhold(sampleDocument(2), ['who.coop'])));
    expect(verdict).toBe('GENUINE');
    expect(notProven).toContain('What the withheld fields say: "who.coop".');
  });

  it('tells the source and the block of each finding, and no block when the chain cannot be read', () => {
    const { blockNumber, blockHash, blockTime, finality } = finalFacts;
    const asOf = { blockNumber, blockHash, blockTime, finality };
    const read = judge(anchored);
    expect(read.asOf).toEqual(asOf);
    expect(read.axes.anchor).toMatchObject({ source: `chain 31337 ${home.contract} batchOf`, asOf });
    expect(read.axes.document).toMatchObject({ source: 'bundle', asOf: null });
    expect(judge(anchored, unread)).toMatchObject({
      asOf: null,
      axes: { anchor: { asOf: null, source: 'none' } },
    });
  });

  it('never tells the address of a holder', () => {
    const holder = `0x${'ab'.repeat(20)}` as const;
    expect(JSON.stringify(judge(anchored, { holder }))).not.toContain(holder);
  });
});
