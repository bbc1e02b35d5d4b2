import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deriveCertificate } from './bundle.js';
import { factsFromCheckpoint, parseCheckpoint } from './core/checkpoint.js';
import { encodeCore } from './core/core-bytes.js';
import { parseCore } from './core/parse-core.js';
import { utf8 } from './hex.js';
import { issueCertificate, withInclusion } from './issue.js';
import { parseBundle } from './parse-bundle.js';
import { factsFromBundle, trustOf, type TrustRoot } from './proof/facts-from-proof.js';
import { fixturesBy } from './reading/sample-node.js';
import { bytesOf, home, issuer, sampleDocument, signerKey } from './sample-certificate.js';
import { positionalTree } from './tree.js';
import { decideVerdict } from './verdict/decide-verdict.js';
import type { VerdictWord } from './verdict/verdict.types.js';

const { fixture, readFixture, root } = fixturesBy((name) =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'),
);

const trust = trustOf(root);
// The long form changes ever so many more bytes to every value.
const LONG = process.env['TOUCHMARK_PROOF'] === '1';

/** The verdict on a bundle by its own proof at the trusted block, with no network at all. */
function offline(bytes: Uint8Array, at: TrustRoot = root): VerdictWord {
  const bundle = parseBundle(bytes);
  const chainFacts =
    bundle.kind === 'BundleRefused' ? { unavailable: 'refused' } : factsFromBundle(at, bundle);
  return decideVerdict({ bundle, chainFacts, trust: trustOf(at) }).verdict;
}

const checkpoint = parseCheckpoint(fixture('checkpoint.json'));

/** The verdict on a core by the checkpoint of its edition. */
function byCheckpoint(bytes: Uint8Array): VerdictWord {
  if (checkpoint.kind === 'BundleRefused') throw new Error(checkpoint.message);
  const core = parseCore(bytes);
  const chainFacts =
    core.kind === 'BundleRefused' ? { unavailable: 'refused' } : factsFromCheckpoint(root, checkpoint, core);
  return decideVerdict({ bundle: core, chainFacts, trust }).verdict;
}

/** The places at which a change by one of `masks` still leaves the verdict GENUINE. */
function passing(
  good: Uint8Array,
  places: Iterable<number>,
  masks: readonly number[],
  judge: (bytes: Uint8Array) => VerdictWord,
): number[] {
  return [...places].filter((place) =>
    masks.some((mask) => judge(good.map((byte, at) => (at === place ? byte ^ mask : byte))) === 'GENUINE'),
  );
}

const all = Array.from({ length: 255 }, (_, index) => index + 1);
const every = (bytes: Uint8Array, step: number): number[] =>
  [...bytes.keys()].filter((at) => at % step === 0);

describe('a good bundle with its proof', () => {
  const good = utf8(fixture('genuine-proven.json'));

  it('is GENUINE as it is', () => {
    expect(offline(good)).toBe('GENUINE');
  });

  it('is never GENUINE with any one of its bytes changed', () => {
    expect(passing(good, good.keys(), [1], (bytes) => offline(bytes))).toEqual([]);
  });

  it('is never GENUINE with a byte changed to any of the 255 other values', () => {
    const places = every(good, LONG ? 149 : 997);
    expect(passing(good, places, all, (bytes) => offline(bytes))).toEqual([]);
    expect(places.length).toBeGreaterThan(5);
  });

  it('is never GENUINE with a node of its proof left out, doubled, swapped or added', () => {
    const { bundle } = readFixture('genuine-proven.json');
    const nodes = bundle.proof?.nodes ?? [];
    const text = fixture('genuine-proven.json');
    const listed = (list: readonly string[]): string => list.map((node) => `"${node}"`).join(',');
    const changed = nodes.flatMap((node, place) => [
      nodes.toSpliced(place, 1),
      nodes.toSpliced(place, 0, node),
      nodes.toSpliced(place, 0, '0x80'),
      [...nodes.slice(place), ...nodes.slice(0, place)],
    ]);
    const words = changed
      .filter((list) => listed(list) !== listed(nodes))
      .map((list) => offline(utf8(text.replace(listed(nodes), listed(list)))));
    expect([...new Set(words)]).toEqual(['NOT_GENUINE']);
    expect(words.length).toBeGreaterThan(10);
  });
});

describe('a good bundle with a history', () => {
  const own = JSON.parse(fixture('history-trust-root.json')) as TrustRoot;
  const judge = (bytes: Uint8Array): VerdictWord => offline(bytes, own);

  // The bytes of a proof, which come last, are tried above.
  it.each(['history-proven.json', 'history-withheld-proven.json'])(
    'is never GENUINE with any one byte of its document changed: %s',
    (name) => {
      const text = fixture(name);
      const places = [...utf8(text.slice(0, text.indexOf('"edition"'))).keys()];
      expect(judge(utf8(text))).toBe('GENUINE');
      expect(passing(utf8(text), places, [1], judge)).toEqual([]);
      expect(places.length).toBeGreaterThan(1400);
    },
  );
});

describe('a good core with the checkpoint of its edition', () => {
  const read = readFixture('anchored.json');
  const good = encodeCore(read.bundle);

  it('is never GENUINE with any one of its bytes changed, to any value on a sample', () => {
    expect(byCheckpoint(good)).toBe('GENUINE');
    expect(passing(good, good.keys(), LONG ? [1, 0x80] : [1], byCheckpoint)).toEqual([]);
    expect(passing(good, every(good, LONG ? 7 : 61), all, byCheckpoint)).toEqual([]);
  });

  it('is never GENUINE cut short or drawn out', () => {
    const words = [...good.keys()].map((length) => byCheckpoint(good.subarray(0, length)));
    expect(words).not.toContain('GENUINE');
    expect(byCheckpoint(Uint8Array.from([...good, 0]))).toBe('NOT_GENUINE');
  });

  it('takes at most 450 bytes in a batch of 128', () => {
    const token = { issuer, edition: 2n ** 64n - 1n, serial: 1 };
    const signed = issueCertificate(
      { home, token, document: sampleDocument(1), claimKey: issuer },
      signerKey,
    );
    const others = Array.from({ length: 127 }, (_, place) => bytesOf(`leaf ${place}`));
    const tree = positionalTree([deriveCertificate(signed).leaf, ...others]);
    const own = encodeCore(withInclusion(signed, tree, { firstSerial: 1, time: 1, cosignUntil: 0 }));
    expect(own.length).toBe(421);
  });
});
