import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bundleText } from '../bundle.js';
import { withhold } from '../document.js';
import { utf8 } from '../hex.js';
import { parseBundle } from '../parse-bundle.js';
import { batchTime, bytesOf, issuer, sampleAnchored, sampleDocument } from '../sample-certificate.js';
import { decideVerdict } from './decide-verdict.js';
import { finalFacts, pinned } from './sample-facts.js';
import { type ChainFacts, DECIDING_AXES, type EditionFacts, type Verdict } from './verdict.types.js';

const anchored = sampleAnchored(2);
const judge = (bytes: Uint8Array): Verdict =>
  decideVerdict({ bundle: parseBundle(bytes), chainFacts: finalFacts, trust: pinned });

const good = utf8(bundleText(anchored));
const flipped = (bytes: Uint8Array, place: number, mask: number): Uint8Array =>
  bytes.map((byte, at) => (at === place ? byte ^ mask : byte));

describe('a good bundle', () => {
  it('is GENUINE as it is', () => {
    expect(judge(good).verdict).toBe('GENUINE');
  });

  it('is never GENUINE with its last bit changed in any one byte', () => {
    const passed = [...good.keys()].filter((place) => judge(flipped(good, place, 1)).verdict === 'GENUINE');
    expect(passed).toEqual([]);
  });

  it('is never GENUINE with any byte changed in any way', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (place, mask) => {
        expect(judge(flipped(good, place, mask)).verdict).not.toBe('GENUINE');
      }),
      { numRuns: 300 },
    );
  });

  it('is never GENUINE cut short or drawn out', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.uint8Array({ minLength: 1, maxLength: 3 }), (length, more) => {
        expect(judge(good.subarray(0, length)).verdict).not.toBe('GENUINE');
        expect(judge(new Uint8Array([...good, ...more])).verdict).not.toBe('GENUINE');
      }),
    );
  });

  it('with a field withheld is never GENUINE with any byte of that field changed', () => {
    const text = bundleText(sampleAnchored(2, withhold(sampleDocument(2), ['what.work'])));
    const bytes = utf8(text);
    const field = /[{]"path":"what[.]work"[^}]*[}]/.exec(text) ?? { 0: '', index: 0 };
    const first = utf8(text.slice(0, field.index)).length;
    const places = Array.from({ length: field[0].length }, (_, place) => first + place);
    const passed = places.filter((place) => judge(flipped(bytes, place, 1)).verdict === 'GENUINE');
    expect(judge(bytes).verdict).toBe('GENUINE');
    expect(passed).toEqual([]);
    expect(places.length).toBeGreaterThan(80);
  });
});

const time = fc.constantFrom(0, 1, batchTime - 1, batchTime, batchTime + 1, batchTime + 600);
const anyEdition: fc.Arbitrary<EditionFacts> = fc.record({
  size: fc.constantFrom(1, 2, 50),
  anchored: fc.constantFrom(0, 1, 2, 5),
  anchorUntil: time,
  objectionSeconds: fc.constantFrom(0, 600, 604_800),
  closed: fc.boolean(),
});
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const anyFacts: fc.Arbitrary<ChainFacts> = fc.record({
  blockNumber: fc.nat(),
  blockHash: fc.constant(finalFacts.blockHash),
  blockTime: time,
  finality: fc.constantFrom('final', 'latest'),
  issuer: fc.constant(finalFacts.issuer),
  signer: orNull(fc.record({ validFrom: time, retiredAt: time })),
  edition: orNull(anyEdition),
  batchCommitment: fc.constantFrom(finalFacts.batchCommitment, null, bytesOf('batch')),
  status: fc.constantFrom(0, 1, 2, 15),
  replacement: fc.constantFrom(null, bytesOf('leaf')),
  holder: fc.constantFrom(null, issuer),
  missing: fc.constantFrom(null, { reportedAt: 1 }),
});

describe('a good bundle against any chain', () => {
  const read = parseBundle(good);

  it('is GENUINE only when all six deciding axes are VALID at a final block', () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        const { verdict, axes } = decideVerdict({ bundle: read, chainFacts: some, trust: pinned });
        const valid = DECIDING_AXES.every((axis) => axes[axis].state === 'VALID');
        expect(verdict === 'GENUINE').toBe(valid);
        if (valid)
          expect(some).toMatchObject({
            finality: 'final',
            status: 0,
            batchCommitment: finalFacts.batchCommitment,
          });
      }),
      { numRuns: 1000 },
    );
  });

  it('is UNDETERMINED whatever the reason for which the chain cannot be read', () => {
    fc.assert(
      fc.property(fc.string(), (unavailable) => {
        const chainFacts = { unavailable };
        expect(decideVerdict({ bundle: read, chainFacts, trust: pinned }).verdict).toBe('UNDETERMINED');
      }),
    );
  });
});
