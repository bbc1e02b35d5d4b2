import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';

/** A locked cell. */
interface CellKey {
  readonly coopId: string;
  readonly cellId: string;
}

/** The statements by which what has no family is given one, when a cell gets its first. */
@Injectable()
export class AdoptionsRepository {
  /** Gives a family to these claims, to the wishes that they were offered for, and to all who wait for the cell without one. */
  async adopt(
    tx: Transaction,
    { coopId, cellId }: CellKey,
    claimIds: readonly string[],
    family: string,
  ): Promise<void> {
    const ofClaims = [coopId, claimIds, family];
    await Promise.all([
      tx.query('UPDATE booking SET family = $3 WHERE coop_id = $1 AND id = ANY($2::uuid[])', ofClaims),
      tx.query(
        'UPDATE waiting_entry SET family = $3 WHERE coop_id = $1 AND booking_id = ANY($2::uuid[])',
        ofClaims,
      ),
      tx.query(
        `UPDATE waiting_entry SET family = $3
          WHERE coop_id = $1 AND cell_id = $2 AND state = 'waiting' AND family IS NULL`,
        [coopId, cellId, family],
      ),
    ]);
  }
}
