import type { Hex } from '../hex.js';
import type { StateProof } from '../proof/proof.types.js';
import type { ProofQuestion } from '../proof/proof.types.js';
import type { Home } from '../typed-data.js';
import type { ChainFacts } from '../verdict/chain-facts.js';

/** One node of a chain, as the caller reaches it; `name` is what people are told (an address may carry a key). */
export interface ChainNodePort {
  readonly name: string;
  /** Calls a JSON-RPC method and answers its result; throws when the node does not answer or refuses. */
  ask(method: string, params: readonly unknown[]): Promise<unknown>;
}

/** Which certificate is asked about, where, and at which block at least. */
export interface ReadingQuestion extends Home, ProofQuestion {
  /** The time of the block that it claims to be anchored in, in seconds; null when it claims none. */
  readonly anchoredAt: number | null;
  /** The block of the proof that its bundle carries: it must be one of this chain. Null when it carries none. */
  readonly provenBlock: { readonly number: number; readonly hash: Hex } | null;
  /** keccak256 of the contract's runtime code, where it is known; null takes whatever code stands at the address. */
  readonly codeHash: Hex | null;
}

/** A height and its time in seconds since 1970, as a node tells it. */
export interface Height {
  readonly number: number;
  readonly time: number;
}

/** How far a node has come: what its sequencer or chain says now, what it holds safe, what it holds final. */
export interface NodeHeights {
  readonly name: string;
  readonly latest: Height;
  readonly safe: Height | null;
  readonly final: Height | null;
}

/** What kept a node's word from counting. */
export interface NodeProblem {
  readonly name: string;
  readonly problem: 'SILENT' | 'OTHER_CHAIN' | 'OTHER_BLOCK' | 'BAD_HEADER' | 'BAD_PROOF';
  readonly message: string;
}

/** What was read and proven at one block that all nodes that answer agree on. */
export interface FactsRead {
  readonly kind: 'FactsRead';
  readonly facts: ChainFacts;
  readonly proof: StateProof;
  readonly codeHash: Hex;
  readonly heights: readonly NodeHeights[];
  readonly problems: readonly NodeProblem[];
}

/** Nothing was read; `unavailable` says why, for people, and is what a verdict takes in place of facts. */
export interface FactsUnread {
  readonly kind: 'FactsUnread';
  readonly unavailable: string;
  readonly heights: readonly NodeHeights[];
  readonly problems: readonly NodeProblem[];
}
