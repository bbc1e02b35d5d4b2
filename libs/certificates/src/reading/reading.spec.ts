import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { decideVerdict } from '../verdict/decide-verdict.js';
import { fromHex, keccak, toHex } from '../hex.js';
import { headerOfBlock } from '../proof/header.js';
import { decodeRlp, encodeRlp, type Rlp } from '../proof/rlp.js';
import { trustOf } from '../proof/facts-from-proof.js';
import { readFacts } from './read-facts.js';
import type { ChainNodePort, FactsRead, FactsUnread } from './reading.types.js';
import { type Change, fixturesBy } from './sample-node.js';

const { askAbout, readFixture, recordedNode, root } = fixturesBy((name) =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8'),
);

const bundle = readFixture('genuine-proven.json');
const question = askAbout(bundle);
const trust = trustOf(root);
const wordOf = (read: FactsRead | FactsUnread): string =>
  decideVerdict({
    bundle,
    chainFacts: read.kind === 'FactsRead' ? read.facts : { unavailable: read.unavailable },
    trust,
  }).verdict;

type Block = Readonly<Record<string, unknown>>;
const isBlock = (method: string): boolean => method === 'eth_getBlockByNumber';
const numbered = (params: readonly unknown[]): boolean => String(params[0]).startsWith('0x');

/** A block whose extra data was changed, under the hash that it had before. */
const differing: Change = (method, params, recorded) =>
  isBlock(method) && numbered(params) ? { ...(recorded as Block), extraData: '0xff' } : undefined;
/** Another block at the same height, under its own right hash: a header of other extra data, hashed anew. */
function anotherBlock(block: Block): Block {
  const fields = decodeRlp(fromHex(headerOfBlock(block), headerOfBlock(block).length / 2 - 1));
  const changed = [...fields].map((field, place) => (place === EXTRA_DATA ? Uint8Array.of(0xff) : field));
  return { ...block, extraData: '0xff', hash: toHex(keccak(encodeRlp(changed as Rlp))) };
}
const EXTRA_DATA = 12;

const misproving: Change = (method, _, recorded) =>
  method === 'eth_getProof' ? { ...(recorded as Block), accountProof: ['0xc0'] } : undefined;
const dead: Change = () => new Error('connection refused');

describe('reading a certificate from nodes', () => {
  it('proves the facts at the final block, and reports newest, safe and final apart', async () => {
    const read = await readFacts([recordedNode('a'), recordedNode('b')], question);
    expect(wordOf(read)).toBe('GENUINE');
    expect(read.problems).toEqual([]);
    expect(read.heights.map(({ name }) => name)).toEqual(['a', 'b']);
    const [first] = read.heights;
    expect([first?.latest.number, first?.safe?.number, first?.final?.number]).toEqual([
      expect.any(Number),
      expect.any(Number),
      read.kind === 'FactsRead' ? read.facts.blockNumber : null,
    ]);
  });

  it('never asks a node to run the contract', async () => {
    const methods = new Set<string>();
    const noting: ChainNodePort = {
      name: 'a',
      ask: (method, params) => {
        methods.add(method);
        return recordedNode('a').ask(method, params);
      },
    };
    await readFacts([noting], question);
    expect([...methods].sort()).toEqual(['eth_chainId', 'eth_getBlockByNumber', 'eth_getProof']);
  });

  it('is never NOT_GENUINE with the network cut at any call, once or for good', async () => {
    const words = new Set<string>();
    for (let cutAt = 0; cutAt < 12; cutAt += 1) {
      for (const forGood of [true, false]) {
        let call = -1;
        const cut: Change = () => {
          call += 1;
          return call === cutAt || (forGood && call > cutAt)
            ? new Error('network is unreachable')
            : undefined;
        };
        words.add(wordOf(await readFacts([recordedNode('a', cut)], question)));
      }
    }
    expect(words).not.toContain('NOT_GENUINE');
    expect(words).toContain('UNDETERMINED');
  });

  it('is UNDETERMINED when nodes hold different blocks, and names both', async () => {
    const other: Change = (method, params, recorded) =>
      isBlock(method) && numbered(params) ? anotherBlock(recorded as Block) : undefined;
    const read = await readFacts([recordedNode('a'), recordedNode('b', other)], {
      ...question,
      provenBlock: null,
    });
    expect(wordOf(read)).toBe('UNDETERMINED');
    expect(read).toMatchObject({ unavailable: expect.stringMatching(/a holds 0x\w{64}, b holds 0x\w{64}$/) });
  });

  it('leaves out a node whose header does not hash to its hash, and names it', async () => {
    const nodes = [recordedNode('a'), recordedNode('b', differing), recordedNode('c')];
    const read = await readFacts(nodes, question);
    expect(wordOf(read)).toBe('GENUINE');
    expect(read.problems.map(({ name, problem }) => [name, problem])).toEqual([['b', 'BAD_HEADER']]);
  });

  it('names a node whose proof fails and asks the next', async () => {
    const read = await readFacts([recordedNode('a', misproving), recordedNode('b')], question);
    expect(wordOf(read)).toBe('GENUINE');
    expect(read.problems.map(({ name, problem }) => [name, problem])).toEqual([['a', 'BAD_PROOF']]);
    const alone = await readFacts([recordedNode('a', misproving)], question);
    expect([wordOf(alone), alone.kind]).toEqual(['UNDETERMINED', 'FactsUnread']);
  });

  it('waits for no lagging node: the lowest final block counts, and what it lacks is not proof yet', async () => {
    const { bundle: plain } = readFixture('anchored.json');
    const asked = { ...question, provenBlock: null };
    const opened = Number(plain.inclusion?.time) - 1;
    const lagging: Change = (method, params, recorded) =>
      isBlock(method) && params[0] === 'finalized'
        ? { ...(recorded as Block), timestamp: `0x${opened.toString(16)}` }
        : undefined;
    const read = await readFacts([recordedNode('a', lagging), recordedNode('b')], asked);
    expect(['PROVISIONAL', 'UNDETERMINED']).toContain(wordOf(read));
    expect(read.problems).toEqual([]);
  });

  it('goes on without a dead node when more than half answer, and not with half', async () => {
    const [a, b] = [recordedNode('a'), recordedNode('b')];
    const read = await readFacts([a, b, recordedNode('c', dead)], question);
    expect([wordOf(read), read.problems[0]?.name]).toEqual(['GENUINE', 'c']);
    const half = await readFacts([a, recordedNode('c', dead)], question);
    expect(half).toMatchObject({ unavailable: 'too few nodes answer: c: connection refused' });
  });

  it('asks no node of another chain', async () => {
    const elsewhere: Change = (method) => (method === 'eth_chainId' ? '0x63' : undefined);
    const read = await readFacts([recordedNode('a', elsewhere)], question);
    expect([wordOf(read), read.problems[0]?.problem]).toEqual(['UNDETERMINED', 'OTHER_CHAIN']);
  });

  it('is UNDETERMINED when the proof in the bundle is of a block that the chain does not hold', async () => {
    const provenBlock = { number: question.provenBlock?.number ?? 0, hash: `0x${'11'.repeat(32)}` as const };
    const read = await readFacts([recordedNode('a')], { ...question, provenBlock });
    expect(wordOf(read)).toBe('UNDETERMINED');
    expect(read).toMatchObject({ unavailable: expect.stringContaining('but a holds 0x') });
  });

  it('answers whatever a node answers, and never throws', async () => {
    const rubbish = [null, 0, '', '0x', [], {}, { number: '0x1', timestamp: '0x1' }, { accountProof: [1] }];
    for (const answer of rubbish)
      for (const method of ['eth_chainId', 'eth_getBlockByNumber', 'eth_getProof']) {
        const bad: Change = (asked) => (asked === method ? answer : undefined);
        expect(['UNDETERMINED', 'PROVISIONAL']).toContain(
          wordOf(await readFacts([recordedNode('a', bad)], question)),
        );
      }
  });
});
