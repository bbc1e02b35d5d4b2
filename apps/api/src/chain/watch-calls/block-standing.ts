/** What one node says about a block of ours; null when it did not answer. */
export interface NodeView {
  readonly head: bigint;
  readonly safe: bigint;
  readonly finalized: bigint;
  /** The hash it has at the block's height; null when its chain is shorter. */
  readonly hashAt: string | null;
  /** Its head has not moved for longer than a node that is merely behind would take. */
  readonly stalled: boolean;
}

/** Whether a block stands. `Unknown` is waited out: a node that lags or does not answer is not a reorganisation. */
export type Standing = 'Final' | 'Safe' | 'Stands' | 'Gone' | 'Unknown';

/**
 * Decides on a block from what every node says. Gone: the old hash is gone on every node. Final (safe): all nodes that
 * answer have it at or below their finalized (safe) block.
 */
export function standingOf(
  block: { number: bigint; hash: string },
  views: readonly (NodeView | null)[],
): Standing {
  const answers = views.filter((view) => view !== null);
  if (answers.length > 0 && answers.every((view) => view.hashAt === block.hash))
    return answers.every((view) => view.finalized >= block.number)
      ? 'Final'
      : answers.every((view) => view.safe >= block.number)
        ? 'Safe'
        : 'Stands';
  if (answers.some((view) => view.hashAt === block.hash)) return 'Stands';
  if (answers.length < views.length) return 'Unknown';
  return answers.every((view) => view.hashAt !== null || view.stalled) ? 'Gone' : 'Unknown';
}
