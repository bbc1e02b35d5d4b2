import type { Hex } from 'viem';

import { at, depthOf, EMPTY_PLACE, leafOf, levelsOf, pathOf, rootOf } from './format.ts';
import { certificateOf, leavesOf } from './scene.ts';

const COUNTS = [1, 2, 3, 5, 8, 128] as const;
const ALL_PATHS_UP_TO = 8;

type Refusal = { why: string; count: number; root: Hex; index: number; leaf: Hex; path: Hex[] };

function tree(count: number) {
  const leaves = leavesOf(1, count);
  const indexes = count <= ALL_PATHS_UP_TO ? leaves.map((_, i) => i) : [0, 1, 77, count - 1];
  const proofs = indexes.map((index) => ({ index, leaf: at(leaves, index), path: pathOf(leaves, index) }));
  return { count, depth: depthOf(count), leaves, root: rootOf(leaves), proofs };
}

function refusals(): Refusal[] {
  const five = leavesOf(1, 5);
  const levels = levelsOf(five);
  const base = { count: 5, root: rootOf(five) };
  const good = { ...base, index: 2, leaf: at(five, 2), path: pathOf(five, 2) };
  const last = pathOf(five, 4);
  const one = leavesOf(1, 1);
  return [
    {
      ...good,
      why: 'index is not below count',
      index: 5,
      leaf: EMPTY_PLACE,
      path: [at(five, 4), ...last.slice(1)],
    },
    { ...good, why: 'index beyond the padded width wraps to a real place', index: 2 + 8 },
    { ...good, why: 'path is one too short', path: good.path.slice(0, -1) },
    { ...good, why: 'path is one too long', path: [...good.path, EMPTY_PLACE] },
    {
      ...good,
      why: 'an inner node is presented as a leaf',
      leaf: at(at(levels, 1), 1),
      path: good.path.slice(1),
    },
    {
      ...good,
      why: 'an inner node is presented as a leaf at its own height',
      index: 1,
      leaf: at(at(levels, 1), 1),
    },
    { ...good, why: 'the leaf belongs to another place', index: 3 },
    { ...good, why: 'one sibling is replaced', path: [at(five, 0), ...good.path.slice(1)] },
    {
      ...good,
      why: 'the leaf has another claim key',
      leaf: leafOf(certificateOf(3).tokenId, certificateOf(3).digest, certificateOf(4).message.claimKey),
    },
    {
      why: 'a path is given for a batch of one',
      count: 1,
      root: rootOf(one),
      index: 0,
      leaf: at(one, 0),
      path: [EMPTY_PLACE],
    },
    { ...good, why: 'count is zero', count: 0 },
    { ...good, why: 'count is understated so that the path is too long', count: 4 },
  ];
}

/** Positional trees for odd and even counts with inclusion paths, and proofs that must be refused. */
export function treeVectors() {
  return {
    emptyPlace: EMPTY_PLACE,
    firstSerial: 1,
    trees: COUNTS.map((count) => tree(count)),
    refused: refusals(),
  };
}
