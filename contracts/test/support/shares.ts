import { concat, keccak256, numberToHex, type Hex } from 'viem';

import { at, depthOf, EMPTY_PLACE } from '../../scripts/vectors/format.ts';

export type Payee = { payee: Hex; units: bigint };
type Node = { node: Hex; units: bigint };

/** Levels of the sum tree of shares, leaves first, written apart from the contract. */
function levelsOf(payees: readonly Payee[]): Node[][] {
  const leaves = payees.map(({ payee, units }, index) => ({
    node: keccak256(
      concat(['0x00', numberToHex(index, { size: 4 }), payee, numberToHex(units, { size: 8 })]),
    ),
    units,
  }));
  const padding = 2 ** depthOf(leaves.length) - leaves.length;
  let level: Node[] = [
    ...leaves,
    ...Array.from({ length: padding }, () => ({ node: EMPTY_PLACE, units: 0n })),
  ];
  const levels = [level];
  while (level.length > 1) {
    const below = level;
    level = Array.from({ length: below.length / 2 }, (_, i) => join(at(below, 2 * i), at(below, 2 * i + 1)));
    levels.push(level);
  }
  return levels;
}

function join(left: Node, right: Node): Node {
  const units = [left, right].map((side) => numberToHex(side.units, { size: 8 }));
  const parts: Hex[] = ['0x01', left.node, at(units, 0), right.node, at(units, 1)];
  return { node: keccak256(concat(parts)), units: left.units + right.units };
}

/** The terms of a splitter of these payees and the proof of each share. */
export function splitOf(payees: readonly Payee[]) {
  const levels = levelsOf(payees);
  const root = at(at(levels, levels.length - 1), 0);
  const shares = payees.map((payee, index) => ({
    index,
    ...payee,
    path: levels.slice(0, -1).map((level, height) => at(level, (index >> height) ^ 1)),
  }));
  return { terms: [root.node, root.units, payees.length] as const, shares };
}
