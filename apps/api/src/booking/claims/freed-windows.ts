import type { Queryable, Transaction } from '../../platform/database/index.js';
import type { LockedCell } from './locked-cell.js';

/**
 * Who is offered what becomes free. Whoever frees capacity, or finds dead holds, asks here first and in the same
 * transaction, so nobody jumps the queue.
 */
export abstract class FreedWindows {
  /** SQL that is true when anybody waits for the cell; `coopId` and `cellId` are SQL too. */
  abstract waitingSql(coopId: string, cellId: string): string;

  /** The members who wait for any of these cells, to be locked with the actor in one batch; the cells are locked. */
  abstract waiters(q: Queryable, coopId: string, cellIds: readonly string[]): Promise<string[]>;

  /**
   * Gives what is free in the cell to those who wait for it, in their order, by `CellClaims.put`. The cell is locked
   * and loaded from now to the horizon, the waiting members are locked, and no dead hold is left in it. False when the
   * queue is too long for one pass: nobody else may take anything of the cell until another pass has come to its end.
   * `goOn` begins where the last pass ended, for who has freed nothing.
   */
  abstract settle(tx: Transaction, cell: LockedCell, goOn?: boolean): Promise<boolean>;
}
