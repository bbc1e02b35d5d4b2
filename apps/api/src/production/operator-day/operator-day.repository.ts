import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/index.js';

/** A booking of the day by its id, with what it is for. */
export interface TaskRow {
  readonly bookingId: string;
  readonly workTitle: string | null;
  readonly operation: string | null;
  readonly runId: string | null;
}

// The day is the one of the workshop's walls; the claims are found station by station through the index of the
// exclusion constraint, so a long past costs nothing.
const DAY = `SELECT b.id AS "bookingId", work.title AS "workTitle", o.name AS operation, l.run_id AS "runId"
  FROM workshop w
  JOIN cell ON cell.coop_id = w.coop_id AND cell.workshop_id = w.id
  JOIN station s ON s.coop_id = cell.coop_id AND s.cell_id = cell.id
  JOIN booking b ON b.coop_id = s.coop_id AND b.station_id = s.id AND b.state = 'confirmed'
   AND b.during && tstzrange($3::date::timestamp AT TIME ZONE w.time_zone,
     ($3::date + 1)::timestamp AT TIME ZONE w.time_zone)
  LEFT JOIN run_operation o ON o.coop_id = b.coop_id AND o.id = b.run_operation_id
  LEFT JOIN run_lot l ON l.coop_id = o.coop_id AND l.id = o.lot_id
  LEFT JOIN run r ON r.coop_id = l.coop_id AND r.id = l.run_id
  LEFT JOIN edition e ON e.coop_id = r.coop_id AND e.id = r.edition_id
  LEFT JOIN work ON work.coop_id = e.coop_id AND work.id = e.work_id
  WHERE w.coop_id = $1 AND w.id = $2
  ORDER BY lower(b.during), cell.name, s.number, b.id`;

/** What the operators of a workshop see; it reads across features because a day is one question. */
@Injectable()
export class OperatorDayRepository {
  /** The confirmed bookings that touch the local day `date` (YYYY-MM-DD), by start, cell and station. */
  tasks(q: Queryable, coopId: string, workshopId: string, date: string): Promise<TaskRow[]> {
    return q.query<TaskRow & Record<string, unknown>>(DAY, [coopId, workshopId, date]);
  }
}
