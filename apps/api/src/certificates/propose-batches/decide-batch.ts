/** What waits in an edition. */
export interface Waiting {
  /** How many certificates wait, from the next serial on without a gap. */
  readonly count: number;
  readonly oldestIssuedAt: Date;
  /** Units of the edition whose quality or certificate is still open. */
  readonly undecided: number;
}

/** A batch of this many is worth a transaction at once. */
export const ENOUGH = 128;
/** Nobody waits longer than this for company. */
export const LONGEST_WAIT_MS = 60_000;

/** A batch is due when nothing more can join it, when it is large, or when its oldest has waited for a minute. */
export function isBatchDue(waiting: Waiting, now: Date): boolean {
  if (waiting.count === 0) return false;
  if (waiting.undecided === 0 || waiting.count >= ENOUGH) return true;
  return now.getTime() - waiting.oldestIssuedAt.getTime() >= LONGEST_WAIT_MS;
}
