import type { BatchStanding } from './batch-voids.repository.js';

/** What is known of the last batch of an edition when somebody wants to void it. */
export interface VoidCase {
  readonly firstSerial: number;
  readonly objectionSeconds: number;
  /** Until when the issuer may object: the contract takes no void from then on. */
  readonly objectionUntil: Date;
  /** The time of the newest block, by which the contract judges. */
  readonly now: Date;
  readonly underWay: boolean;
  /** Null for a batch that was not made here. */
  readonly standing: BatchStanding | null;
}

/** Why the last batch cannot be voided now, for people; null when it can, as far as it is known here. */
export function voidObstacle(found: VoidCase): string | null {
  const { objectionSeconds, objectionUntil, now, underWay, standing } = found;
  if (objectionSeconds === 0)
    return 'This edition was opened without a time for objections: each batch stands for ever from its block on. Withdraw its certificates instead.';
  if (underWay) return 'A batch of this edition is being voided. Wait until that is final.';
  if (now >= objectionUntil)
    return `The time to object to the last batch ended at ${objectionUntil.toISOString()}: it stands for ever. Withdraw its certificates instead.`;
  if (standing === null) return null;
  if (standing.nextSerial !== null)
    return `The certificates from No. ${String(standing.nextSerial)} on are in a batch behind it that is not anchored yet. Wait until it is, or repair it where the publisher refuses it; then void it first.`;
  if (!standing.final)
    return `The block of this batch is not final yet. Try again in some minutes; objections are heard until ${objectionUntil.toISOString()}.`;
  if (standing.changed.length > 0)
    return `No. ${standing.changed.join(', ')} of it was withdrawn, replaced or claimed, which voiding would undo. Withdraw the others one by one instead.`;
  return null;
}
