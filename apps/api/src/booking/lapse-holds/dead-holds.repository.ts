import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/index.js';
import type { BookingType } from '../booking.types.js';

type CellKey = Pick<BookingType, 'coopId' | 'cellId'>;

const DEAD_CELLS = `
  SELECT DISTINCT coop_id AS "coopId", cell_id AS "cellId" FROM (
    SELECT coop_id, cell_id FROM booking
     WHERE state = 'held' AND expires_at <= (SELECT app_now()) AND cell_id <> ALL ($2::uuid[])
     ORDER BY expires_at LIMIT $1) AS dead`;

const OLDEST_DEAD = `SELECT least(min(lower(during)), (SELECT app_now())) AS "fromAt", (SELECT app_now()) AS now FROM booking
  WHERE state = 'held' AND expires_at <= (SELECT app_now()) AND coop_id = $1 AND cell_id = $2`;

/** Where holds are whose time is over. */
@Injectable()
export class DeadHoldsRepository {
  /** At most `limit` cells of any co-op with holds whose time is over, the oldest first; `without` are left out. */
  cellsWithDead(q: Queryable, limit: number, without: readonly string[] = []): Promise<CellKey[]> {
    return q.query(DEAD_CELLS, [limit, without]);
  }

  /** The time, and the start of the first window in a cell whose hold is dead, where that is earlier. */
  async oldestDead(
    q: Queryable,
    coopId: string,
    cellId: string,
  ): Promise<{ fromAt: Date; now: Date } | undefined> {
    const [row] = await q.query<{ fromAt: Date; now: Date }>(OLDEST_DEAD, [coopId, cellId]);
    return row;
  }
}
