import { type Hex, keccak, toHex } from '../hex.js';
import { ProofError } from './proof-error.js';
import type { ProofNodes } from './proof-nodes.js';
import { decodeRlp, type Rlp } from './rlp.js';

/** The root of a trie that holds nothing: keccak256 of the RLP of no bytes. */
export const EMPTY_ROOT = toHex(keccak(Uint8Array.of(0x80)));

/**
 * The value under a key in a hexary Merkle Patricia trie whose keys are hashed (yellow paper, appendix D), or null when
 * the nodes prove that there is none; throws ProofError when a node is missing or malformed.
 */
export function trieValue(root: Hex, key: Uint8Array, nodes: ProofNodes, forWhat: string): Uint8Array | null {
  if (root === EMPTY_ROOT) return null;
  let path: readonly number[] = nibblesOf(keccak(key));
  let node = listOf(decodeRlp(nodes.take(root, forWhat)));
  // Each step takes at least one nibble, except the last; so a walk ends after 64 of them.
  for (;;) {
    const step = node.length === 17 ? throughBranch(node, path) : throughShort(node, path);
    if (step.kind === 'Value') return step.value;
    const { child } = step;
    path = step.rest;
    if (child instanceof Uint8Array) {
      if (child.length === 0) return null;
      if (child.length !== 32) throw new ProofError('MALFORMED', `a node of ${forWhat} names no node`);
      node = listOf(decodeRlp(nodes.take(toHex(child), forWhat)));
    } else {
      // A node of less than 32 bytes stands inside the one above it.
      node = child;
    }
  }
}

type Step =
  | { readonly kind: 'Value'; readonly value: Uint8Array | null }
  | { readonly kind: 'Child'; readonly child: Rlp; readonly rest: readonly number[] };

function throughBranch(node: readonly Rlp[], path: readonly number[]): Step {
  const [nibble, ...rest] = path;
  const child = nibble === undefined ? undefined : node[nibble];
  // All keys are 32 bytes, so no branch holds a value of its own.
  if (child === undefined) throw new ProofError('MALFORMED', 'a path ends in a branch');
  return { kind: 'Child', child, rest };
}

function throughShort([encoded, target]: readonly Rlp[], path: readonly number[]): Step {
  if (!(encoded instanceof Uint8Array) || target === undefined)
    throw new ProofError('MALFORMED', 'a node has no path');
  const [flag, ...nibbles] = nibblesOf(encoded);
  if (flag === undefined || flag > 3) throw new ProofError('MALFORMED', 'a node has no kind');
  const odd = flag % 2 === 1;
  if (!odd && nibbles[0] !== 0) throw new ProofError('MALFORMED', 'a path is misspelt');
  const own = odd ? nibbles : nibbles.slice(1);
  const matches = own.length <= path.length && own.every((nibble, place) => nibble === path[place]);
  if (flag < 2) {
    if (own.length === 0) throw new ProofError('MALFORMED', 'an extension leads nowhere');
    return matches
      ? { kind: 'Child', child: target, rest: path.slice(own.length) }
      : { kind: 'Value', value: null };
  }
  if (!matches || own.length !== path.length) return { kind: 'Value', value: null };
  if (!(target instanceof Uint8Array)) throw new ProofError('MALFORMED', 'a leaf holds no bytes');
  return { kind: 'Value', value: target };
}

function listOf(item: Rlp): readonly Rlp[] {
  if (item instanceof Uint8Array || (item.length !== 2 && item.length !== 17))
    throw new ProofError('MALFORMED', 'a node is neither a branch nor a path');
  return item;
}

function nibblesOf(bytes: Uint8Array): number[] {
  return [...bytes].flatMap((byte) => [byte >>> 4, byte & 0x0f]);
}
