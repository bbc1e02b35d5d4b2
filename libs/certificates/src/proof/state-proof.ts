import { EncodingError, type Hex, fromHex, toHex } from '../hex.js';
import { type BlockHeader, readHeader } from './header.js';
import { ProofError, type ProofProblem } from './proof-error.js';
import { orderedNodes, type ProofNodes, requireAllTaken } from './proof-nodes.js';
import { decodeRlp } from './rlp.js';
import type { ReadWord, StateProof } from './proof.types.js';
import { trieValue } from './trie.js';

/** Why a proof proves nothing, and what is missing from it. */
export interface ProofRefused {
  readonly kind: 'ProofRefused';
  readonly problem: ProofProblem;
  readonly message: string;
}

/** The contract's storage at one block, as far as the nodes go. */
export interface ProvenState {
  readonly header: BlockHeader;
  readonly codeHash: Hex;
  readonly word: ReadWord;
}

/**
 * Opens a written proof for one contract, reads from it, and answers what was read, or why the proof is refused: also
 * when `read` did not need all of its nodes.
 */
export function readProof<T>(
  proof: StateProof,
  contract: Hex,
  read: (state: ProvenState) => T,
): T | ProofRefused {
  return attempt(() => {
    const nodes = orderedNodes(proof.nodes);
    const answer = read(provenState(readHeader(proof.header), contract, nodes));
    requireAllTaken(nodes, proof.nodes.length);
    return answer;
  });
}

/** Answers what `work` does, or the refusal when it finds the proof wanting; bugs are thrown on. */
export function attempt<T>(work: () => T): T | ProofRefused {
  try {
    return work();
  } catch (error) {
    // Hex that is no hex comes from whoever wrote the proof.
    const problem = error instanceof EncodingError ? 'MALFORMED' : null;
    if (error instanceof ProofError) return refuse(error.problem, error.message);
    if (problem !== null && error instanceof Error) return refuse(problem, error.message);
    throw error;
  }
}

/** Opens the contract's account under a header's state root; throws ProofError when it is not proven. */
export function provenState(header: BlockHeader, contract: Hex, nodes: ProofNodes): ProvenState {
  const leaf = trieValue(header.stateRoot, fromHex(contract, 20), nodes, 'the account');
  if (leaf === null) throw new ProofError('NO_ACCOUNT', `there is no account ${contract} at the block`);
  const account = decodeRlp(leaf);
  const [storageRoot, codeHash] = account instanceof Uint8Array ? [] : [account[2], account[3]];
  if (!(storageRoot instanceof Uint8Array) || !(codeHash instanceof Uint8Array) || account.length !== 4)
    throw new ProofError('MALFORMED', 'the account is none');
  const root = toHex(storageRoot);
  return {
    header,
    codeHash: toHex(codeHash),
    word: (slot, forWhat) => wordOf(trieValue(root, fromHex(slot, 32), nodes, forWhat)),
  };
}

function wordOf(value: Uint8Array | null): bigint {
  if (value === null) return 0n;
  const word = decodeRlp(value);
  if (!(word instanceof Uint8Array) || word.length > 32 || word[0] === 0)
    throw new ProofError('MALFORMED', 'a storage word is misspelt');
  // Development nodes keep a zero that was read as an empty word; the state root says so, and it means the same.
  return word.length === 0 ? 0n : BigInt(toHex(word));
}

function refuse(problem: ProofProblem, message: string): ProofRefused {
  return { kind: 'ProofRefused', problem, message: `The state proof is refused: ${message}.` };
}
