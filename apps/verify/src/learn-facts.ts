import {
  type BundleRefused,
  type CertificateRead,
  type ChainFacts,
  type ChainNodePort,
  type ChainUnavailable,
  type CheckpointRead,
  factsFromBundle,
  factsFromCheckpoint,
  type Hex,
  type NodeHeights,
  type NodeProblem,
  readCertificate,
} from '@touchmark/certificates';
import type { KnownHome } from './find-home.js';

/** What was learnt of the chain. */
export interface Learnt {
  readonly facts: ChainFacts | ChainUnavailable;
  readonly heights: readonly NodeHeights[];
  readonly problems: readonly NodeProblem[];
}

/** Where facts are learnt from: nodes, or without them a proof and the hash of a trusted block. */
interface Sources {
  readonly nodes: readonly ChainNodePort[];
  readonly checkpoint: CheckpointRead | BundleRefused | null;
}

/** Learns what the contract stores of a certificate at the home that is trusted, or why that cannot be known. */
export async function learnFacts(
  read: CertificateRead,
  home: KnownHome | null,
  { blockHash }: { readonly blockHash: Hex | null },
  { nodes, checkpoint }: Sources,
): Promise<Learnt> {
  if (home === null)
    return unread(`no contract on chain ${String(read.bundle.chainId)} is known to this verifier`);
  const problem = checkpoint === null ? proofProblem(read, blockHash) : null;
  if (problem !== null) return unread(problem);
  if (nodes.length > 0) {
    const answer = await readCertificate(nodes, read, home);
    const { heights, problems } = answer;
    return { facts: answer.kind === 'FactsRead' ? answer.facts : answer, heights, problems };
  }
  if (checkpoint?.kind === 'BundleRefused') return unread(`the checkpoint is refused: ${checkpoint.message}`);
  if (blockHash === null) return unread('no node was asked, and no block is trusted');
  const root = { ...home, issuer: read.bundle.issuer, blockHash };
  if (checkpoint !== null) return learnt(factsFromCheckpoint(root, checkpoint, read));
  // A compact form carries no proof, which proofProblem has said.
  return read.kind === 'CoreRead' ? unread('it carries no proof') : learnt(factsFromBundle(root, read));
}

/** Why a certificate's own proof is not one of the trusted block; null when it is, or when none is trusted. */
function proofProblem(read: CertificateRead, blockHash: Hex | null): string | null {
  const own = read.kind === 'BundleRead' ? read.provenBlock : null;
  if (blockHash === null || own?.hash === blockHash) return null;
  const found = own === null ? 'it carries none' : `its own is of ${own.hash}`;
  return `the certificate carries no proof of the block ${blockHash}: ${found}`;
}

function learnt(facts: ChainFacts | ChainUnavailable): Learnt {
  return { facts, heights: [], problems: [] };
}

function unread(unavailable: string): Learnt {
  return learnt({ unavailable });
}
