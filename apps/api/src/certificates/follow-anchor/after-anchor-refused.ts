import type { AfterRefusal, Refusal } from '../../chain/index.js';
import type { BatchState } from '../anchor-batches.repository.js';

/**
 * What becomes of an anchoring that the contract refuses. A chain that was set back behind a batch that was voided may hold
 * another in its place by now: then it is given up. While the edition is not opened again, or batches before it are still to
 * come, it waits like any other, since its void follows it.
 */
export function afterAnchorRefused(
  state: BatchState | undefined,
  { errorName, args }: Refusal,
): AfterRefusal {
  if (state !== 'voided') return { kind: 'Wait' };
  const [first, next] = args.map(Number);
  const isTaken =
    errorName === 'AnchorOutOfOrder' && first !== undefined && next !== undefined && next > first;
  return isTaken || errorName === 'AnchorVoided' || errorName === 'AnchoringEnded'
    ? { kind: 'GiveUp', words: 'Its batch was voided.' }
    : { kind: 'Wait' };
}
