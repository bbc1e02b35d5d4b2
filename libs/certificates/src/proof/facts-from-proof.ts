import { questionOf } from '../bundle.js';
import type { BundleRead } from '../check-bundle.js';
import { type Hex, sameHex } from '../hex.js';
import type { ChainFacts, ChainUnavailable, Trust } from '../verdict/verdict.types.js';
import { ProofError } from './proof-error.js';
import type { ProofQuestion, StateProof } from './proof.types.js';
import { readProof } from './state-proof.js';
import { storedFacts } from './stored.js';

/** What an offline check rests on; the block hash is one that the verifier trusts, such as of a final block it looked up. */
export interface TrustRoot {
  readonly chainId: number;
  readonly contract: Hex;
  /** keccak256 of the contract's runtime code on that chain; null trusts whatever code the address has. */
  readonly codeHash: Hex | null;
  readonly issuer: Hex;
  readonly blockHash: Hex;
}

/**
 * The facts that a proof shows of one certificate at the trusted block, as final ones, or what is missing: a proof of
 * another block, of other code, or without a node that the question needs.
 */
export function factsFromProof(
  root: TrustRoot,
  proof: StateProof,
  question: ProofQuestion,
): ChainFacts | ChainUnavailable {
  const facts = readProof(proof, root.contract, ({ header, codeHash, word }): ChainFacts => {
    if (!sameHex(header.hash, root.blockHash))
      throw new ProofError(
        'OTHER_BLOCK',
        `it is of block ${header.hash}, not of the trusted ${root.blockHash}`,
      );
    if (root.codeHash !== null && !sameHex(codeHash, root.codeHash))
      throw new ProofError(
        'OTHER_CODE',
        `the contract's code hashes to ${codeHash}, not to ${root.codeHash}`,
      );
    const { hash: blockHash, number: blockNumber, time: blockTime } = header;
    return { ...storedFacts(question, word), blockNumber, blockHash, blockTime, finality: 'final' };
  });
  return 'kind' in facts ? { unavailable: facts.message } : facts;
}

/** The facts that a bundle's own proof shows at the trusted block, or what is missing. */
export function factsFromBundle(root: TrustRoot, { bundle }: BundleRead): ChainFacts | ChainUnavailable {
  if (bundle.proof !== null) return factsFromProof(root, bundle.proof, questionOf(bundle));
  return { unavailable: 'the bundle carries no proof: ask the issuer for one, or ask a node of the chain' };
}

/** The trust of an offline check: the home and the one issuer of its root, pinned by whoever chose the root. */
export function trustOf({ chainId, contract, issuer }: TrustRoot): Trust {
  return { chainId, contract, issuers: [{ kind: 'Pinned', issuer }] };
}
