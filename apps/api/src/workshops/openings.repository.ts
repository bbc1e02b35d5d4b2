import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { CellKey } from './cells.repository.js';
import type { ClosureType, OpeningHoursType } from './workshop.types.js';

export type HoursRow = OpeningHoursType & { readonly coopId: string; readonly workshopId: string };
export type ClosureRow = ClosureType & { readonly coopId: string; readonly workshopId: string };

const HOURS = `hours.coop_id AS "coopId", hours.workshop_id AS "workshopId", hours.weekday,
  hours.from_minute AS "fromMinute", hours.to_minute AS "toMinute"`;
const CLOSURE = `closure.coop_id AS "coopId", closure.workshop_id AS "workshopId", closure.id, closure.from_at AS "fromAt",
  closure.to_at AS "toAt", closure.reason, closure.kind, closure.cell_id AS "cellId", closure.station_id AS "stationId"`;

const idsOf = (keys: readonly CellKey[]): [string[], string[]] => [
  keys.map((key) => key.coopId),
  keys.map((key) => key.id),
];

/** The weekly hours as columns, for `unnest`. */
export function hoursColumns(hours: readonly OpeningHoursType[]): [number[], number[], number[]] {
  return [
    hours.map((row) => row.weekday),
    hours.map((row) => row.fromMinute),
    hours.map((row) => row.toMinute),
  ];
}

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
      [coopId, workshopId, ...hoursColumns(hours)],
    );
  }

  hoursOf(q: Queryable, workshops: readonly CellKey[]): Promise<HoursRow[]> {
    return q.query(
      `SELECT ${HOURS} FROM opening_hours AS hours JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, workshop_id)
         USING (coop_id, workshop_id) ORDER BY hours.weekday, hours.from_minute`,
      idsOf(workshops),
    );
  }

  async insertClosures(tx: Transaction, closures: readonly ClosureRow[]): Promise<void> {
    await tx.query(
      `INSERT INTO closure (coop_id, id, workshop_id, cell_id, station_id, kind, from_at, to_at, reason)
       SELECT row.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[],
         $8::timestamptz[], $9::text[]) AS row`,
      [
        closures.map((closure) => closure.coopId),
        closures.map((closure) => closure.id),
        closures.map((closure) => closure.workshopId),
        closures.map((closure) => closure.cellId),
        closures.map((closure) => closure.stationId),
        closures.map((closure) => closure.kind),
        closures.map((closure) => closure.fromAt),
        closures.map((closure) => closure.toAt),
        closures.map((closure) => closure.reason),
      ],
    );
  }

  async closureById(q: Queryable, coopId: string, id: string): Promise<ClosureRow | null> {
    const [closure] = await q.query<ClosureRow>(
      `SELECT ${CLOSURE} FROM closure WHERE coop_id = $1 AND id = $2`,
      [coopId, id],
    );
    return closure ?? null;
  }

  /** The first closure that has the station of this one out of service in some of its time. */
  async outOfService(
    q: Queryable,
    { coopId, workshopId, stationId, fromAt, toAt }: ClosureRow & { readonly stationId: string },
  ): Promise<ClosureRow | null> {
    const [closure] = await q.query<ClosureRow>(
      `SELECT ${CLOSURE} FROM closure WHERE coop_id = $1 AND workshop_id = $2 AND station_id = $3
          AND kind = 'out_of_service' AND to_at > $4 AND from_at < $5 ORDER BY from_at LIMIT 1`,
      [coopId, workshopId, stationId, fromAt, toAt],
    );
    return closure ?? null;
  }

  /** Ends a closure earlier; one that has not begun by then goes altogether. */
  async endClosure(tx: Transaction, coopId: string, id: string, at: Date): Promise<void> {
    await tx.query('DELETE FROM closure WHERE coop_id = $1 AND id = $2 AND from_at >= $3', [coopId, id, at]);
    await tx.query('UPDATE closure SET to_at = $3 WHERE coop_id = $1 AND id = $2 AND to_at > $3', [
      ...[coopId, id, at],
    ]);
  }

  /** True when there was such a closure; a station out of service is left so. */
  async deleteClosure(tx: Transaction, coopId: string, id: string): Promise<boolean> {
    const gone = await tx.query(
      `DELETE FROM closure WHERE coop_id = $1 AND id = $2 AND kind <> 'out_of_service' RETURNING id`,
      [coopId, id],
    );
    return gone.length > 0;
  }

  /** The holidays of exactly this place that start at one of these instants. */
  async holidaysAt(
    q: Queryable,
    place: Pick<ClosureRow, 'coopId' | 'workshopId' | 'cellId' | 'stationId'>,
    starts: readonly Date[],
  ): Promise<Date[]> {
    const rows = await q.query<{ fromAt: Date }>(
      `SELECT from_at AS "fromAt" FROM closure WHERE coop_id = $1 AND workshop_id = $2 AND kind = 'holiday'
          AND cell_id IS NOT DISTINCT FROM $3 AND station_id IS NOT DISTINCT FROM $4 AND from_at = ANY($5::timestamptz[])
          AND to_at > (SELECT min(at) FROM unnest($5::timestamptz[]) AS at)`,
      [place.coopId, place.workshopId, place.cellId, place.stationId, starts],
    );
    return rows.map((row) => row.fromAt);
  }

  /** The closures of these whole workshops that are not over, at most 50 for each, earliest first. */
  comingClosures(q: Queryable, workshops: readonly CellKey[]): Promise<ClosureRow[]> {
    return q.query(
      `SELECT ${CLOSURE} FROM unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, workshop_id)
         CROSS JOIN LATERAL (
           SELECT * FROM closure AS own WHERE own.coop_id = wanted.coop_id AND own.workshop_id = wanted.workshop_id
              AND own.cell_id IS NULL AND own.to_at > (SELECT app_now()) ORDER BY own.to_at LIMIT 50) AS closure
        ORDER BY closure.from_at`,
      idsOf(workshops),
    );
  }

  /** The closures of these cells and their stations that are not over, at most 50 for each cell, earliest first. */
  comingClosuresOfCells(
    q: Queryable,
    cells: readonly (CellKey & { readonly workshopId: string })[],
  ): Promise<(ClosureRow & { readonly cellId: string })[]> {
    return q.query(
      `SELECT ${CLOSURE} FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS wanted (coop_id, cell_id, workshop_id)
         CROSS JOIN LATERAL (
           SELECT * FROM closure AS own WHERE own.coop_id = wanted.coop_id AND own.workshop_id = wanted.workshop_id
              AND own.cell_id = wanted.cell_id AND own.to_at > (SELECT app_now()) ORDER BY own.to_at LIMIT 50) AS closure
        ORDER BY closure.from_at`,
      [...idsOf(cells), cells.map((cell) => cell.workshopId)],
    );
  }
}
