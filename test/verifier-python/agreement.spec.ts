import { describe, expect, it } from '@jest/globals';
import { decideVerdict, factsFromBundle, hashFaster, parseBundle } from '@touchmark/certificates';
import { type Case, casesOf } from './cases.ts';
import { judgeByPython, type Said } from './python.ts';

const CASES = 1_000;
const SEED = 20_261_122;
const AXES = ['document', 'issuer', 'signer', 'anchor', 'serial', 'status'] as const;

function judgeByLib({ bytes, trust, facts, root }: Case): Said {
  const bundle = parseBundle(bytes);
  const proven = root !== null && bundle.kind === 'BundleRead' ? factsFromBundle(root, bundle) : facts;
  const chainFacts = proven ?? { unavailable: 'nobody was asked' };
  const { verdict, axes } = decideVerdict({ bundle, chainFacts, trust });
  return {
    word: verdict,
    axes: Object.fromEntries(AXES.map((axis) => [axis, [axes[axis].state, axes[axis].reason] as const])),
  };
}

describe('the second verifier, in Python', () => {
  it('agrees on a thousand good and bad bundles, in the word and in each axis with its reason', async () => {
    hashFaster();
    const cases = casesOf(SEED, CASES);
    const [mine, said] = [cases.map(judgeByLib), await judgeByPython(cases)];
    expect(said).toHaveLength(CASES);
    const named = (all: readonly Said[]): unknown[] =>
      all.map((one, place) => ({ case: `${String(place)}: ${cases[place]?.name ?? ''}`, ...one }));
    const differing = mine.flatMap((one, place) =>
      JSON.stringify(one) === JSON.stringify(said[place]) ? [] : [place],
    );
    expect(named(said).filter((_, place) => differing.includes(place))).toEqual(
      named(mine).filter((_, place) => differing.includes(place)),
    );
    // Agreeing on refusals alone would say little: each word is met, and being genuine by a proof alone.
    expect([...new Set(said.map(({ word }) => word))].toSorted()).toEqual([
      ...['GENUINE', 'NOT_GENUINE', 'PROVISIONAL', 'SUPERSEDED', 'UNDETERMINED', 'WITHDRAWN'],
    ]);
    const proven = said.filter(({ word }, place) => word === 'GENUINE' && cases[place]?.root);
    expect(proven.length).toBeGreaterThan(20);
    const reasons = new Set(said.flatMap(({ axes }) => Object.values(axes).map(([, reason]) => reason)));
    expect(reasons.size).toBeGreaterThan(40);
  }, 600_000);
});
