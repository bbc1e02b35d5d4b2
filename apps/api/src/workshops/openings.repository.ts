import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { CellKey } from './cells.repository.js';
import type { ClosureType, OpeningHoursType } from './workshop.types.js';

export type HoursRow = OpeningHoursType & { readonly coopId: string; readonly workshopId: string };
export type ClosureRow = ClosureType & { readonly coopId: string; readonly workshopId: string };

const HOURS = `hours.coop_id AS "coopId", hours.workshop_id AS "workshopId", hours.weekday,
  hours.from_minute AS "fromMinute", hours.to_minute AS "toMinute"`;
const CLOSURE = `closure.coop_id AS "coopId", closure.workshop_id AS "workshopId", closure.id, closure.from_at AS "fromAt",
  closure.to_at AS "toAt", closure.reason`;

const idsOf = (keys: readonly CellKey[]): [string[], string[]] => [
  keys.map((key) => key.coopId),
  keys.map((key) => key.id),
];

/** Every statement on the tables `opening_hours` and `closure`. */
@Injectable()
export class OpeningsRepository {
  /** Puts these weekly hours in the place of those before; the workshop is locked by the caller. */
  async replaceHours(
    tx: Transaction,
    coopId: string,
    workshopId: string,
    hours: readonly OpeningHoursType[],
  ): Promise<void> {
    await tx.query('DELETE FROM opening_hours WHERE coop_id = $1 AND workshop_id = $2', [coopId, workshopId]);
    await tx.query(
      `INSERT INTO opening_hours (coop_id, workshop_id, weekday, from_minute, to_minute)
       SELECT $1, $2, row.* FROM unnest($3::integer[], $4::integer[], $5::integer[]) AS row`,
      [
        coopId,
        workshopId,
        hours.map((row) => row.weekday),
        hours.map((row) => row.fromMinute),
        hours.map((row) => row.toMinute),
      ],
    );
  }

  hoursOf(q: Queryable, workshops: readonly CellKey[]): Promise<HoursRow[]> {
    return q.query(
      `SELECT ${HOURS} FROM opening_hours AS hours JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, workshop_id)
         USING (coop_id, workshop_id) ORDER BY hours.weekday, hours.from_minute`,
      idsOf(workshops),
    );
  }

  async insertClosure(tx: Transaction, closure: ClosureRow): Promise<void> {
    await tx.query(
      'INSERT INTO closure (coop_id, id, workshop_id, from_at, to_at, reason) VALUES ($1, $2, $3, $4, $5, $6)',
      [closure.coopId, closure.id, closure.workshopId, closure.fromAt, closure.toAt, closure.reason],
    );
  }

  /** True when there was such a closure. */
  async deleteClosure(tx: Transaction, coopId: string, id: string): Promise<boolean> {
    const gone = await tx.query('DELETE FROM closure WHERE coop_id = $1 AND id = $2 RETURNING id', [
      coopId,
      id,
    ]);
    return gone.length > 0;
  }

  /** The closures of these workshops that are not over, at most 50 for each, earliest first. */
  comingClosures(q: Queryable, workshops: readonly CellKey[]): Promise<ClosureRow[]> {
    return q.query(
      `SELECT ${CLOSURE} FROM unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, workshop_id)
         CROSS JOIN LATERAL (
           SELECT * FROM closure AS own WHERE own.coop_id = wanted.coop_id AND own.workshop_id = wanted.workshop_id
              AND own.to_at > (SELECT app_now()) ORDER BY own.to_at LIMIT 50) AS closure
        ORDER BY closure.from_at`,
      idsOf(workshops),
    );
  }
}
