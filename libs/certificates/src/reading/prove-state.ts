import type { Hex } from '../hex.js';
import { ProofError } from '../proof/proof-error.js';
import { looseNodes } from '../proof/proof-nodes.js';
import { attempt, type ProvenState, provenState } from '../proof/state-proof.js';
import type { ReadWord, StateProof } from '../proof/proof.types.js';
import { type Asked, askNode, type HeldHeader, problem, quantity } from './ask-nodes.js';
import type { ChainNodePort } from './reading.types.js';

/** What was read of the contract's storage, and the proof that holds exactly the nodes which that needed. */
export interface Proven<T> {
  readonly answer: T;
  readonly proof: StateProof;
  readonly codeHash: Hex;
}

// Nodes refuse more keys at once (geth: 1,024), and words lead to further words (a long domain, a replaced serial).
const KEYS_AT_ONCE = 256;
const MOST_ROUNDS = 5;

/**
 * Reads storage words of a contract at an agreed header through one node's `eth_getProof`; what the node answers is
 * checked against the header, so that it can only be silent or be caught.
 */
export async function proveState<T>(
  node: ChainNodePort,
  held: HeldHeader,
  contract: Hex,
  read: (word: ReadWord) => T,
): Promise<Asked<Proven<T>>> {
  const nodes: Hex[] = [];
  const asked = new Set<Hex>();
  let wanted = wantedWords(read, () => 0n, asked);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const answer = await askProofs(node, contract, [...wanted], held.header.number);
    if ('problem' in answer) return answer;
    nodes.push(...answer.answer);
    wanted.forEach((slot) => asked.add(slot));
    const open = attempt(() => provenState(held.header, contract, looseNodes(nodes)));
    if ('kind' in open) return problem(node, 'BAD_PROOF', open.message);
    const more = attempt(() => wantedWords(read, open.word, asked));
    if ('kind' in more) return problem(node, 'BAD_PROOF', more.message);
    wanted = more;
    if (wanted.size > 0) continue;
    const proven = attempt(() => proofOf(held, contract, nodes, read));
    return 'kind' in proven ? problem(node, 'BAD_PROOF', proven.message) : { answer: proven };
  }
  return problem(node, 'BAD_PROOF', 'its proofs lead to ever more storage words');
}

/** Walks once more over all nodes, so that the proof holds what this reading needs and nothing else. */
function proofOf<T>(
  held: HeldHeader,
  contract: Hex,
  all: readonly Hex[],
  read: (word: ReadWord) => T,
): Proven<T> {
  const nodes = looseNodes(all);
  const state: ProvenState = provenState(held.header, contract, nodes);
  const answer = read(state.word);
  return { answer, proof: { header: held.raw, nodes: nodes.taken() }, codeHash: state.codeHash };
}

/** The slots that a reading needs and nobody was asked for yet. */
function wantedWords(read: (word: ReadWord) => unknown, word: ReadWord, asked: ReadonlySet<Hex>): Set<Hex> {
  const wanted = new Set<Hex>();
  read((slot, forWhat) => {
    if (asked.has(slot)) return word(slot, forWhat);
    wanted.add(slot);
    return 0n;
  });
  return wanted;
}

async function askProofs(
  node: ChainNodePort,
  contract: Hex,
  slots: readonly Hex[],
  height: number,
): Promise<Asked<Hex[]>> {
  const nodes: Hex[] = [];
  for (let from = 0; from === 0 || from < slots.length; from += KEYS_AT_ONCE) {
    const keys = slots.slice(from, from + KEYS_AT_ONCE);
    const asked = await askNode(node, 'eth_getProof', [contract, keys, quantity(height)]);
    if ('problem' in asked) return asked;
    const found = attempt(() => nodesOf(asked.answer));
    if ('kind' in found) return problem(node, 'BAD_PROOF', found.message);
    nodes.push(...found);
  }
  return { answer: nodes };
}

function nodesOf(answer: unknown): Hex[] {
  const { accountProof, storageProof } = recordOf(answer);
  const proofs = listOf(storageProof).map((entry) => recordOf(entry)['proof']);
  return [accountProof, ...proofs].flatMap((list) => listOf(list).map(hexOf));
}

function hexOf(value: unknown): Hex {
  if (typeof value === 'string' && /^0x(?:[0-9a-fA-F]{2})*$/.test(value)) return value.toLowerCase() as Hex;
  throw new ProofError('MALFORMED', 'a node of the proof is no hex');
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ProofError('MALFORMED', 'the answer holds no list of nodes');
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  throw new ProofError('MALFORMED', 'the answer is no proof');
}
