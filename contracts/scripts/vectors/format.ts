/**
 * The frozen formats, written from the specification with viem primitives only. Nothing here is shared with
 * `libs/certificates` or the contract on purpose: three independent writings must agree byte for byte.
 */
import {
  concat,
  encodeAbiParameters,
  keccak256,
  numberToHex,
  slice,
  stringToBytes,
  toHex,
  type Hex,
} from 'viem';

export const EMPTY_PLACE: Hex = `0x${'00'.repeat(32)}`;

/** Edition id: the first 8 bytes of keccak256(abi.encode(issuer, work, run)). */
export function editionId(issuer: Hex, work: Hex, run: Hex): bigint {
  const parameters = [{ type: 'address' }, { type: 'bytes32' }, { type: 'bytes32' }] as const;
  return BigInt(slice(keccak256(encodeAbiParameters(parameters, [issuer, work, run])), 0, 8));
}

/** Token id: issuer (160 bits) | edition (64) | serial (32). */
export function tokenIdOf(issuer: Hex, edition: bigint, serial: number): bigint {
  return (BigInt(issuer) << 96n) | (edition << 32n) | BigInt(serial);
}

/** Leaf of one certificate: keccak256(0x00 || tokenId || certificateDigest || claimKey). */
export function leafOf(tokenId: bigint, certificateDigest: Hex, claimKey: Hex): Hex {
  return keccak256(concat(['0x00', numberToHex(tokenId, { size: 32 }), certificateDigest, claimKey]));
}

/** Inner node: keccak256(0x01 || left || right). */
export function nodeOf(left: Hex, right: Hex): Hex {
  return keccak256(concat(['0x01', left, right]));
}

/** Depth of the positional tree: ceil(log2(count)). */
export function depthOf(count: number): number {
  let depth = 0;
  while (2 ** depth < count) depth += 1;
  return depth;
}

/** All levels of the positional tree, leaves first, the root alone in the last. */
export function levelsOf(leaves: readonly Hex[]): Hex[][] {
  const width = 2 ** depthOf(leaves.length);
  let level = [...leaves, ...Array.from({ length: width - leaves.length }, () => EMPTY_PLACE)];
  const levels = [level];
  while (level.length > 1) {
    const below = level;
    level = Array.from({ length: below.length / 2 }, (_, i) =>
      nodeOf(at(below, 2 * i), at(below, 2 * i + 1)),
    );
    levels.push(level);
  }
  return levels;
}

/** Root of the positional tree. */
export function rootOf(leaves: readonly Hex[]): Hex {
  return at(at(levelsOf(leaves), depthOf(leaves.length)), 0);
}

/** Siblings of one place, bottom up. */
export function pathOf(leaves: readonly Hex[], index: number): Hex[] {
  return levelsOf(leaves)
    .slice(0, -1)
    .map((level, height) => at(level, (index >> height) ^ 1));
}

/** Hash of what a field says; the values used here have one JSON form, so JSON.stringify is canonical. */
export function valueHashOf(salt: Hex, value: unknown): Hex {
  return keccak256(concat(['0x03', toHex(stringToBytes(JSON.stringify([salt, value])))]));
}

/** Leaf of a document field: its path and the hash of what it says. */
export function fieldLeafOf(path: string, valueHash: Hex): Hex {
  return keccak256(concat(['0x00', toHex(stringToBytes(JSON.stringify([path, valueHash])))]));
}

/** Root of a document: keccak256(0x02 || uint32be(count) || root of the positional tree of its field leaves). */
export function documentRootOf(fieldLeaves: readonly Hex[]): Hex {
  return keccak256(concat(['0x02', numberToHex(fieldLeaves.length, { size: 4 }), rootOf(fieldLeaves)]));
}

/** A reproducible 32-byte value for a label; vectors need no randomness. */
export function seeded(label: string): Hex {
  return keccak256(toHex(stringToBytes(`touchmark vector ${label}`)));
}

/** The element at an index that must exist. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no element ${String(index)} among ${String(items.length)}`);
  return item;
}
