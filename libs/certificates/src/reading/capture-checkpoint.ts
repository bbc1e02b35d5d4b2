import { CHECKPOINT_FORMAT, type Checkpoint } from '../core/checkpoint.js';
import { checkpointFacts, type CheckpointScope } from '../core/checkpoint-facts.js';
import type { Hex } from '../hex.js';
import type { Home } from '../typed-data.js';
import type { AsOf } from '../verdict/chain-facts.js';
import { readState } from './read-facts.js';
import type { ChainNodePort, FactsUnread } from './reading.types.js';

/** A checkpoint as it was just read and proven, at a block that all nodes that answer hold final. */
export interface CheckpointCaptured {
  readonly kind: 'CheckpointCaptured';
  readonly checkpoint: Checkpoint;
  readonly codeHash: Hex;
  readonly asOf: AsOf;
}

/** Reads and proves a whole edition at the newest final block; unread when the nodes hold none final or do not agree. */
export async function captureCheckpoint(
  nodes: readonly ChainNodePort[],
  scope: CheckpointScope & Home & { readonly codeHash: Hex | null },
): Promise<CheckpointCaptured | FactsUnread> {
  const { chainId, contract, issuer, edition, codeHash } = scope;
  const firstSerials = [...new Set(scope.firstSerials)].sort((a, b) => a - b);
  const signers = [...new Set(scope.signers)].sort();
  const asked = { issuer, edition, firstSerials, signers };
  const question = { chainId, contract, codeHash, notBefore: 0, provenBlock: null };
  const read = await readState(nodes, question, (word) => checkpointFacts(asked, word));
  if (read.kind === 'FactsUnread') return read;
  const { proof, asOf, heights, problems } = read;
  if (asOf.finality !== 'final')
    return { kind: 'FactsUnread', unavailable: 'the nodes hold no block final', heights, problems };
  const checkpoint = { format: CHECKPOINT_FORMAT, chainId, contract, ...asked, proof } as const;
  return { kind: 'CheckpointCaptured', checkpoint, codeHash: read.codeHash, asOf };
}
