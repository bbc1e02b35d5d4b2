import { Injectable } from '@nestjs/common';
import { newId, type Queryable, type Transaction } from '../platform/database/index.js';
import type { CellKey } from './cells.repository.js';
import { hoursColumns } from './openings.repository.js';
import type { OpeningHoursType, OwnHoursType } from './workshop.types.js';

/** Whose hours: a cell's (`stationId` null) or one station's. */
export interface HoursPlace {
  readonly coopId: string;
  readonly workshopId: string;
  readonly cellId: string;
  readonly stationId: string | null;
}

export type OwnHoursRow = OwnHoursType & Omit<HoursPlace, 'stationId'>;

/** Every statement on the table `own_hours`. */
@Injectable()
export class OwnHoursRepository {
  /** Puts these weekly hours in the place of those before; none means those of the next wider place. */
  async replace(tx: Transaction, place: HoursPlace, hours: readonly OpeningHoursType[]): Promise<void> {
    const { coopId, workshopId, cellId, stationId } = place;
    await tx.query(
      `DELETE FROM own_hours WHERE coop_id = $1 AND workshop_id = $2 AND cell_id = $3 AND station_id IS NOT DISTINCT FROM $4`,
      [coopId, workshopId, cellId, stationId],
    );
    await tx.query(
      `INSERT INTO own_hours (coop_id, workshop_id, cell_id, station_id, id, weekday, from_minute, to_minute)
       SELECT $1, $2, $3, $4, row.* FROM unnest($5::uuid[], $6::integer[], $7::integer[], $8::integer[]) AS row`,
      [coopId, workshopId, cellId, stationId, hours.map(() => newId()), ...hoursColumns(hours)],
    );
  }

  /** The own hours of these cells and of their stations, by weekday and minute. */
  ofCells(
    q: Queryable,
    cells: readonly (CellKey & { readonly workshopId: string })[],
  ): Promise<OwnHoursRow[]> {
    return q.query(
      `SELECT hours.coop_id AS "coopId", hours.cell_id AS "cellId", hours.workshop_id AS "workshopId", hours.station_id AS "stationId", hours.weekday,
         hours.from_minute AS "fromMinute", hours.to_minute AS "toMinute"
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS wanted (coop_id, workshop_id, cell_id)
         JOIN own_hours AS hours USING (coop_id, workshop_id, cell_id)
        ORDER BY hours.station_id NULLS FIRST, hours.weekday, hours.from_minute`,
      [cells.map((cell) => cell.coopId), cells.map((cell) => cell.workshopId), cells.map((cell) => cell.id)],
    );
  }
}
