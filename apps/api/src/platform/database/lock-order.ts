/**
 * The one lock order of the product. A transaction locks downwards in this list and by ascending id within a level,
 * so no two transactions can wait for each other in a circle.
 */
export const LOCK_ORDER = [
  'request',
  'chain_call',
  'chain_sender',
  'coop',
  'workshop',
  'capacity_round',
  'cell',
  'station',
  'offer',
  'service_order',
  'edition',
  'sale_order',
  'run',
  'agreement_version',
  'membership',
  'maker_credit',
  'account',
  'ledger_head',
] as const;

/** One level of the lock order; the name of the table whose rows are locked. */
export type LockLevel = (typeof LOCK_ORDER)[number];

/** Thrown when code locks upwards or reads the clock before its last lock: a bug that would deadlock or misjudge time. */
export class LockOrderError extends Error {
  override readonly name = 'LockOrderError';
}

/** Remembers the locks of one transaction and refuses one that goes backwards. */
export class LockJournal {
  private level = -1;
  private lastId = '';
  private clockRead = false;

  /** Notes a lock about to be taken on the `ids` of `level`. */
  note(level: LockLevel, ids: readonly string[]): void {
    const rank = LOCK_ORDER.indexOf(level);
    const first = ids[0] ?? '';
    if (this.clockRead)
      throw new LockOrderError(`${level} is locked after the clock was read; lock first, then read the time`);
    if (rank < this.level)
      throw new LockOrderError(
        `${level} is locked after ${String(LOCK_ORDER[this.level])}; the order is ${LOCK_ORDER.join(', ')}`,
      );
    if (rank === this.level && first < this.lastId)
      throw new LockOrderError(`${level} ${first} is locked after ${this.lastId}; ids ascend within a level`);
    this.level = rank;
    this.lastId = ids.at(-1) ?? '';
  }

  /** Notes that the transaction has read its time. */
  noteClock(): void {
    this.clockRead = true;
  }
}
