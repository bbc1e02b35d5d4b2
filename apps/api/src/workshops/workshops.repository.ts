import { Injectable } from '@nestjs/common';
import type { PageRequest } from '../platform/graphql/index.js';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { WorkshopType } from './workshop.types.js';

const COLUMNS = `workshop.coop_id AS "coopId", workshop.id, workshop.name, workshop.address, workshop.time_zone AS "timeZone"`;

/** Every statement on the table `workshop`. */
@Injectable()
export class WorkshopsRepository {
  async insert(tx: Transaction, workshop: WorkshopType): Promise<void> {
    await tx.query(
      'INSERT INTO workshop (coop_id, id, name, address, time_zone) VALUES ($1, $2, $3, $4, $5)',
      [workshop.coopId, workshop.id, workshop.name, workshop.address, workshop.timeZone],
    );
  }

  /** The workshops with these (co-op, id) pairs; what does not exist is left out. */
  byIds(
    q: Queryable,
    keys: readonly { readonly coopId: string; readonly id: string }[],
  ): Promise<WorkshopType[]> {
    return q.query(
      `SELECT ${COLUMNS} FROM workshop
         JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, id) USING (coop_id, id)`,
      [keys.map((key) => key.coopId), keys.map((key) => key.id)],
    );
  }

  /** One page of a co-op's workshops, oldest first, with one row more than asked to tell whether there is a next. */
  page(q: Queryable, coopId: string, request: PageRequest): Promise<WorkshopType[]> {
    return q.query(
      `SELECT ${COLUMNS} FROM workshop WHERE coop_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [coopId, request.after?.[0] ?? null, request.limit + 1],
    );
  }
}
