import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { factsFromCheckpoint, parseCheckpoint } from './core/checkpoint.js';
import { parseCore } from './core/parse-core.js';
import { makingOf } from './made-by.js';
import { parseBundle } from './parse-bundle.js';
import { factsFromBundle, trustOf, type TrustRoot } from './proof/facts-from-proof.js';
import { readFacts } from './reading/read-facts.js';
import { fixturesBy } from './reading/sample-node.js';
import { decideVerdict } from './verdict/decide-verdict.js';

const { askAbout, fixture, readFixture, recordedNode, root } = fixturesBy((name) =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'),
);

const trust = trustOf(root);

// These files were written once, on 2026-11-22, and are never written again: what was handed out must be read for ever.
describe('a bundle of 2026-11-22', () => {
  it.each([
    ['genuine-proven.json', 'GENUINE'],
    ['withdrawn-proven.json', 'WITHDRAWN'],
    ['replaced-proven.json', 'SUPERSEDED'],
    ['anchored.json', 'UNDETERMINED'],
    ['unanchored.json', 'UNDETERMINED'],
  ])('is read with the network unplugged: %s is %s', (name, word) => {
    const bundle = readFixture(name);
    const { verdict, notProven } = decideVerdict({
      bundle,
      chainFacts: factsFromBundle(root, bundle),
      trust,
    });
    expect(verdict).toBe(word);
    expect(notProven.at(-1)).toBe('That this object is the one the certificate was made for.');
  });

  it.each([
    ['genuine-proven.json', 'GENUINE'],
    ['withdrawn-proven.json', 'WITHDRAWN'],
    ['replaced-proven.json', 'SUPERSEDED'],
    ['anchored.json', 'GENUINE'],
  ])('is read with a node: %s is %s', async (name, word) => {
    const bundle = readFixture(name);
    const read = await readFacts([recordedNode('node 1')], askAbout(bundle));
    if (read.kind === 'FactsUnread') throw new Error(read.unavailable);
    expect(decideVerdict({ bundle, chainFacts: read.facts, trust }).verdict).toBe(word);
  });

  it('proves nothing under another block, another code or another contract', () => {
    const bundle = readFixture('genuine-proven.json');
    const other = `0x${'11'.repeat(32)}` as const;
    const roots = [
      { ...root, blockHash: other },
      { ...root, codeHash: other },
      { ...root, contract: root.issuer },
    ];
    const unavailable = roots.map((one) => factsFromBundle(one, bundle));
    expect(unavailable).toEqual([
      { unavailable: expect.stringContaining('not of the trusted 0x1111') },
      { unavailable: expect.stringContaining('hashes to') },
      { unavailable: expect.stringContaining('account') },
    ]);
  });
});

// Frozen later on the same day, when documents got their makers one by one and the head of their history.
describe('a bundle with a history of 2026-11-22', () => {
  const ownRoot = JSON.parse(fixture('history-trust-root.json')) as TrustRoot;

  it.each([
    ['history-proven.json', ['A printer', 'Maker 3'], [0, 0]],
    ['history-withheld-proven.json', ['Maker 3'], [1, 1]],
  ])('is read with the network unplugged: %s', (name, names, withheld) => {
    const bundle = readFixture(name);
    const chainFacts = factsFromBundle(ownRoot, bundle);
    const { verdict } = decideVerdict({ bundle, chainFacts, trust: trustOf(ownRoot) });
    const making = makingOf(bundle.bundle.document);
    expect([verdict, making.makers.map((maker) => maker.name)]).toEqual(['GENUINE', names]);
    expect([making.makersWithheld, making.eventsWithheld]).toEqual(withheld);
    expect(making.events.at(-1)).toMatchObject({ kind: 'quality', result: 'passed' });
  });

  it('is the same certificate whatever is withheld and proven of it', () => {
    const names = ['history-anchored.json', 'history-proven.json', 'history-withheld-proven.json'];
    const digests = new Set(names.map((name) => readFixture(name).derived.digest));
    expect(digests.size).toBe(1);
  });
});

describe('a core of 2026-11-22', () => {
  const checkpoint = parseCheckpoint(fixture('checkpoint.json'));
  if (checkpoint.kind === 'BundleRefused') throw new Error(checkpoint.message);

  it.each([
    ['genuine.core.txt', 'GENUINE'],
    ['withdrawn.core.txt', 'WITHDRAWN'],
  ])('is judged as of the checkpoint of its edition: %s is %s', (name, word) => {
    const core = parseCore(fixture(name));
    if (core.kind === 'BundleRefused') throw new Error(core.message);
    const chainFacts = factsFromCheckpoint(root, checkpoint, core);
    const { verdict, asOf, notProven } = decideVerdict({ bundle: core, chainFacts, trust });
    expect([verdict, asOf?.blockHash]).toEqual([word, root.blockHash]);
    expect(notProven).toContain('What the document says: this code holds only its hash.');
  });

  it('says the same of itself as the bundle that it is of', () => {
    const [core, whole] = [parseCore(fixture('genuine.core.txt')), parseBundle(fixture('anchored.json'))];
    if (core.kind === 'BundleRefused' || whole.kind === 'BundleRefused')
      throw new Error('Expected both to be read.');
    expect(core.derived).toEqual(whole.derived);
    expect(whole.bundle).toMatchObject(core.bundle);
  });

  it('says what is missing when the checkpoint is of another edition, block or key', () => {
    const core = parseCore(fixture('genuine.core.txt'));
    if (core.kind === 'BundleRefused') throw new Error(core.message);
    const other = { ...checkpoint, checkpoint: { ...checkpoint.checkpoint, edition: '7' } };
    const keyless = { ...checkpoint, facts: { ...checkpoint.facts, signers: new Map() } };
    const elsewhere = { ...root, blockHash: `0x${'11'.repeat(32)}` as const };
    expect([
      factsFromCheckpoint(root, other, core),
      factsFromCheckpoint(root, keyless, core),
      factsFromCheckpoint(elsewhere, checkpoint, core),
    ]).toEqual([
      { unavailable: 'the checkpoint is of another edition' },
      { unavailable: expect.stringContaining('says nothing of the key') },
      { unavailable: expect.stringContaining('not of a trusted one') },
    ]);
  });
});
