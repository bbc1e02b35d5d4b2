import type { Hex } from '../hex.js';

/**
 * A proof of what the contract stored at one block: its raw header, and the nodes of the account's and of all slots'
 * proofs, each once, in ascending order of their keccak256. Nothing in it is loose: what is not needed refuses it.
 */
export interface StateProof {
  readonly header: Hex;
  readonly nodes: readonly Hex[];
}

/** Which certificate is asked about; the slots of its facts follow from this alone. */
export interface ProofQuestion {
  readonly issuer: Hex;
  readonly edition: bigint;
  readonly serial: number;
  readonly signer: Hex;
  /** Where the batch that it claims to be in starts; null when it claims none. */
  readonly firstSerial: number | null;
}

/** Reads one storage word of the contract, 0 where nothing is stored; throws when it cannot tell. */
export type ReadWord = (slot: Hex, forWhat: string) => bigint;
