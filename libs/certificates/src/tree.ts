import { EncodingError, fromHex, type Hex, keccak, toHex, uintBytes } from './hex.js';

const LEAF_TAG = Uint8Array.of(0x00);
const NODE_TAG = Uint8Array.of(0x01);
const PADDING = new Uint8Array(32);
const MAX_COUNT = 2 ** 32 - 1;

/** A positional Merkle tree: leaf `index` stands at place `index`, places beyond `count` hold 32 zero bytes. */
export interface PositionalTree {
  readonly count: number;
  readonly root: Hex;
  /** Bottom-up, padded: `levels[0]` are the leaves, the last level is the root alone. */
  readonly levels: readonly (readonly Uint8Array[])[];
}

/** One leaf's place in a batch, as a verifier is given it; `count` must come from storage, not from the holder. */
export interface Membership {
  readonly leaf: Hex;
  readonly index: number;
  readonly count: number;
  /** Sibling hashes bottom-up. */
  readonly path: readonly Hex[];
}

/** The depth of a tree of `count` leaves, ceil(log2(count)); 0 for one leaf. */
export function treeDepth(count: number): number {
  if (!Number.isSafeInteger(count) || count < 1 || count > MAX_COUNT) {
    throw new EncodingError(`Got ${count} leaves, expected 1 to ${MAX_COUNT}.`);
  }
  return count === 1 ? 0 : 32 - Math.clz32(count - 1);
}

/** Builds the tree over 32-byte leaves in the order given; throws EncodingError when there is none. */
export function positionalTree(leaves: readonly Hex[]): PositionalTree {
  const { levels, top } = treeOfHashes(leaves.map((leaf) => fromHex(leaf, 32)));
  return { count: leaves.length, root: toHex(top), levels };
}

/** The same from bytes; `top` is the root. */
export function treeOfHashes(leaves: readonly Uint8Array[]): {
  readonly levels: readonly (readonly Uint8Array[])[];
  readonly top: Uint8Array;
} {
  const depth = treeDepth(leaves.length);
  let empty: Uint8Array = PADDING;
  let level = padded(leaves, 2 ** depth, empty);
  const levels = [level];
  for (let step = 0; step < depth; step += 1) {
    const filled = Math.ceil(leaves.length / 2 ** (step + 1));
    const above: Uint8Array[] = [];
    for (let place = 0; place < filled; place += 1)
      above.push(nodeHash(level[2 * place] ?? empty, level[2 * place + 1] ?? empty));
    // All that stands beyond the leaves is the same, so it is hashed once a level.
    if (filled < level.length / 2) empty = nodeHash(empty, empty);
    level = padded(above, level.length / 2, empty);
    levels.push(level);
  }
  return { levels, top: level[0] ?? PADDING };
}

function padded(hashes: readonly Uint8Array[], length: number, empty: Uint8Array): Uint8Array[] {
  const level = [...hashes];
  while (level.length < length) level.push(empty);
  return level;
}

/** The sibling hashes of leaf `index`, bottom-up; throws EncodingError when the tree has no such leaf. */
export function treePath(tree: PositionalTree, index: number): Hex[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= tree.count) {
    throw new EncodingError(`Got index ${index}, expected 0 to ${tree.count - 1}.`);
  }
  return tree.levels
    .slice(0, -1)
    .map((level, height) => toHex(level[((index >>> height) ^ 1) >>> 0] ?? PADDING));
}

/** The root that a path leads to, or null when the index is not below the count or the path has the wrong length. */
export function rootFromPath({ leaf, index, count, path }: Membership): Hex | null {
  if (!Number.isSafeInteger(count) || count < 1 || count > MAX_COUNT) return null;
  if (!Number.isSafeInteger(index) || index < 0 || index >= count) return null;
  // Without the exact length an inner node could be shown as a leaf of a shallower tree.
  if (path.length !== treeDepth(count)) return null;
  const top = path.reduce(
    (hash, siblingHex, height) => {
      const sibling = fromHex(siblingHex, 32);
      return ((index >>> height) & 1) === 1 ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    },
    fromHex(leaf, 32),
  );
  return toHex(top);
}

/** Tells whether the leaf stands at its index in the tree of `count` leaves with this root. */
export function isMember(membership: Membership, root: Hex): boolean {
  return rootFromPath(membership) === root.toLowerCase();
}

/** The leaf of one certificate: keccak256(0x00, tokenId, certificate digest, claim key address). */
export function certificateLeaf(tokenId: bigint, digest: Hex, claimKey: Hex): Hex {
  return toHex(keccak(LEAF_TAG, uintBytes(tokenId, 32), fromHex(digest, 32), fromHex(claimKey, 20)));
}

/** What the contract stores of a batch: keccak256(abi.encode(root, count, time, cosignUntil)), times in seconds. */
export function batchCommitment(batch: { root: Hex; count: number; time: number; cosignUntil: number }): Hex {
  const words = [batch.count, batch.time, batch.cosignUntil].map((value) => uintBytes(value, 32));
  return toHex(keccak(fromHex(batch.root, 32), ...words));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return keccak(NODE_TAG, left, right);
}
