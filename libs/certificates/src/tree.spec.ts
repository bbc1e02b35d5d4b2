import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf } from './sample-certificate.js';
import { isMember, positionalTree, rootFromPath, treeDepth, treePath } from './tree.js';

const leavesOf = (count: number): `0x${string}`[] =>
  Array.from({ length: count }, (_, place) => bytesOf(`leaf ${place}`));
const anyPlace = fc
  .integer({ min: 1, max: 70 })
  .chain((count) => fc.tuple(fc.constant(count), fc.nat(count - 1)));
const zero = `0x${'00'.repeat(32)}` as const;

describe('the positional tree', () => {
  it('is ceil(log2(count)) deep', () => {
    const counts = [1, 2, 3, 4, 5, 8, 9, 128, 129, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1];
    expect(counts.map(treeDepth)).toEqual([0, 1, 2, 2, 3, 3, 4, 7, 8, 31, 32, 32]);
  });

  it('proves every leaf at its own index and at no other', () => {
    fc.assert(
      fc.property(anyPlace, fc.nat(80), ([count, index], other) => {
        const leaves = leavesOf(count);
        const tree = positionalTree(leaves);
        const proof = { leaf: leaves[index] ?? zero, index, count, path: treePath(tree, index) };
        expect(isMember(proof, tree.root)).toBe(true);
        expect(isMember({ ...proof, index: other }, tree.root)).toBe(other === index);
      }),
      { numRuns: 60 },
    );
  });

  it('does not prove padding, nor any index from the count on', () => {
    const tree = positionalTree(leavesOf(5));
    const path = treePath(tree, 4);
    expect(
      rootFromPath({ leaf: zero, index: 5, count: 5, path: [leavesOf(5)[4] ?? zero, ...path.slice(1)] }),
    ).toBeNull();
    expect(rootFromPath({ leaf: zero, index: 8, count: 5, path })).toBeNull();
  });

  it('does not take an inner node for a leaf', () => {
    const leaves = leavesOf(4);
    const tree = positionalTree(leaves);
    const inner = positionalTree(leaves.slice(0, 2)).root;
    const path = treePath(tree, 0).slice(1);
    expect(rootFromPath({ leaf: inner, index: 0, count: 4, path })).toBeNull();
    // With a count of 2 it would pass: that is why the count is committed to beside the root.
    expect(rootFromPath({ leaf: inner, index: 0, count: 2, path })).toBe(tree.root);
  });

  it.each([0, -1, 1.5, 2 ** 32, Number.NaN])('has no member of a batch of %s', (count) => {
    expect(rootFromPath({ leaf: zero, index: 0, count, path: [] })).toBeNull();
    expect(() => treeDepth(count)).toThrow('expected 1 to');
  });

  it.each([-1, 3, 0.5])('gives no path for place %s of three', (index) => {
    expect(() => treePath(positionalTree(leavesOf(3)), index)).toThrow('expected 0 to 2');
  });
});
