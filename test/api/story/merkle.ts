import { concat, keccak256, padHex, type Hex } from 'viem';

const EMPTY = padHex('0x', { size: 32 });

/** The root of the published leaves by the published rule: padded with zeros to a power of two, nodes tagged 0x01. */
export function rootOf(leaves: readonly Hex[]): Hex {
  let width = 1;
  while (width < leaves.length) width *= 2;
  let level: Hex[] = [...leaves, ...Array<Hex>(width - leaves.length).fill(EMPTY)];
  while (level.length > 1) {
    const next: Hex[] = [];
    for (let index = 0; index < level.length; index += 2)
      next.push(keccak256(concat(['0x01', level[index] ?? EMPTY, level[index + 1] ?? EMPTY])));
    level = next;
  }
  return level[0] ?? EMPTY;
}
