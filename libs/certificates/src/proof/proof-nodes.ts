import { type Hex, fromHex, keccak, toHex } from '../hex.js';
import { ProofError } from './proof-error.js';

/** The nodes of a proof by their hashes; remembers which were asked for, so that none can be there for nothing. */
export interface ProofNodes {
  take(hash: Hex, forWhat: string): Uint8Array;
  /** The nodes taken so far, each once, in ascending order of their hashes. */
  taken(): Hex[];
}

/** Sorts loose nodes, such as a node's answers, for a walk; doubled ones and their order do not matter. */
export function looseNodes(nodes: readonly Hex[]): ProofNodes {
  return nodesOf(new Map(nodes.map((node) => [toHex(keccak(bytesOf(node))), node])));
}

/** Takes the nodes of a written proof; throws ProofError unless they ascend strictly by their hashes. */
export function orderedNodes(nodes: readonly Hex[]): ProofNodes {
  const hashes = nodes.map((node) => toHex(keccak(bytesOf(node))));
  hashes.forEach((hash, place) => {
    const before = hashes[place - 1];
    if (before !== undefined && before >= hash) {
      throw new ProofError('NODE_ORDER', `node ${place} does not come after the one before by its hash`);
    }
  });
  return nodesOf(new Map(nodes.map((node, place) => [hashes[place] ?? '0x', node])));
}

/** Throws ProofError when one of `count` nodes was not needed for what was asked. */
export function requireAllTaken(nodes: ProofNodes, count: number): void {
  const unused = count - nodes.taken().length;
  if (unused !== 0)
    throw new ProofError('NODE_UNUSED', `${unused} of ${count} nodes belong to nothing asked`);
}

function nodesOf(byHash: ReadonlyMap<Hex, Hex>): ProofNodes {
  const used = new Set<Hex>();
  return {
    take(hash, forWhat) {
      const node = byHash.get(hash);
      if (node === undefined)
        throw new ProofError('NODE_MISSING', `the node ${hash} of ${forWhat} is missing`);
      used.add(hash);
      return bytesOf(node);
    },
    taken: () => [...used].sort().map((hash) => byHash.get(hash) ?? '0x'),
  };
}

function bytesOf(hex: Hex): Uint8Array {
  return fromHex(hex, Math.floor((hex.length - 2) / 2));
}
