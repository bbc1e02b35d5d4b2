/** What makes a block final: the chain's own word (`finalized`), or so many blocks, itself included. */
export type FinalityRule = 'finalized' | number;

/** The heights up to which one node's blocks are safe and final. */
export interface Heights {
  readonly safe: bigint;
  readonly finalized: bigint;
}

// Where a chain has no notion of finality, this many confirmations stand for it.
const DEEP_ENOUGH = 64;

/**
 * Decides from a node's head and what it calls safe and final (null: it knows no such tag). Where confirmations
 * count, half as many are safe. What is final is safe, whatever a node says.
 */
export function heightsOf(
  head: bigint,
  tags: { readonly safe: bigint | null; readonly finalized: bigint | null },
  rule: FinalityRule,
): Heights {
  const needed = rule === 'finalized' ? DEEP_ENOUGH : rule;
  const tagged = rule === 'finalized' ? tags : { safe: null, finalized: null };
  const finalized = tagged.finalized ?? confirmedBy(head, needed);
  const safe =
    tagged.safe ?? (tagged.finalized === null ? confirmedBy(head, Math.ceil(needed / 2)) : finalized);
  return { finalized, safe: safe > finalized ? safe : finalized };
}

/** The newest height with this many confirmations: a block counts as the first of its own. */
function confirmedBy(head: bigint, confirmations: number): bigint {
  return head - BigInt(confirmations) + 1n;
}
