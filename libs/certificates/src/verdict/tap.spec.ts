import { describe, expect, it } from '@jest/globals';
import { bundleText, refuseBundle } from '../bundle.js';
import { parseBundle } from '../parse-bundle.js';
import { sampleAnchored, sampleUnanchored } from '../sample-certificate.js';
import { decideVerdict } from './decide-verdict.js';
import { type Facts, finalFacts, noBatch, pinned } from './sample-facts.js';
import type { ChainUnavailable, TapSeen, Verdict } from './verdict.types.js';

const taps: readonly [TapSeen['state'], string, number][] = [
  ['FRESH', 'VALID', 800],
  ['USED', 'INVALID', 801],
  ['STALE', 'INVALID', 802],
  ['UNKNOWN_TAG', 'INVALID', 803],
  ['BAD_CODE', 'INVALID', 804],
  ['UNSHOWN', 'NOT_CHECKED', 891],
];
const anchored = parseBundle(bundleText(sampleAnchored(2)));
const waiting = parseBundle(bundleText(sampleUnanchored(7)));
const cases: readonly [string, typeof anchored | null, Facts | ChainUnavailable][] = [
  ['GENUINE', anchored, {}],
  ['PROVISIONAL', waiting, noBatch],
  ['WITHDRAWN', anchored, { status: 4 }],
  ['SUPERSEDED', anchored, { status: 1 }],
  ['NOT_GENUINE', refuseBundle('NOT_CANONICAL', 'no'), {}],
  ['UNDETERMINED', anchored, { unavailable: 'no node' }],
];

const judged = (place: number, tap: TapSeen | null): Verdict => {
  const [, bundle = null, facts = {}] = cases[place] ?? [];
  const chainFacts = 'unavailable' in facts ? facts : { ...finalFacts, ...facts };
  return decideVerdict({ bundle, chainFacts, trust: pinned, tap });
};

describe('the tap of a tag', () => {
  it.each(taps)(
    'that is %s reads %s under the frozen number %i, in the words of who judged it',
    (state, finding, code) => {
      const { axes, proven, notProven } = judged(0, { state, words: 'These words.' });
      expect(axes.tap).toMatchObject({
        state: finding,
        code,
        message: 'These words.',
        source: 'tag',
        asOf: null,
      });
      expect(proven.includes('These words.')).toBe(finding === 'VALID');
      expect(notProven.includes('These words.')).toBe(finding !== 'VALID');
    },
  );

  it.each(cases.map(([word], place) => [word, place] as const))(
    'never decides: %s it stays, whatever the tap is worth',
    (word, place) => {
      for (const tap of [null, ...taps.map(([state]) => ({ state, words: 'w' }))])
        expect(judged(place, tap).verdict).toBe(word);
    },
  );

  it('never takes away that nothing proves this object to be the one', () => {
    const { notProven } = judged(0, { state: 'FRESH', words: 'w' });
    expect(notProven).toContain('That this object is the one the certificate was made for.');
  });
});
