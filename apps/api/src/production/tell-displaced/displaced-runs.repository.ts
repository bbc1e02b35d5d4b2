import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/index.js';

/** Time of a run on a station, as it is told to people. */
export interface DisplacedTime {
  readonly runId: string;
  readonly slug: string;
  readonly workTitle: string;
  readonly cellName: string;
  readonly number: number;
  readonly timeZone: string;
  readonly fromAt: Date;
  readonly toAt: Date;
}

const TIMES = `SELECT lot.run_id AS "runId", coop.slug, work.title AS "workTitle", cell.name AS "cellName", station.number,
    workshop.time_zone AS "timeZone", lower(booking.during) AS "fromAt", upper(booking.during) AS "toAt"
  FROM booking
  JOIN coop ON coop.id = booking.coop_id
  JOIN workshop ON workshop.coop_id = booking.coop_id AND workshop.id = booking.workshop_id
  JOIN cell ON cell.coop_id = booking.coop_id AND cell.id = booking.cell_id
  JOIN station ON station.coop_id = booking.coop_id AND station.id = booking.station_id
  JOIN run_operation AS operation ON operation.coop_id = booking.coop_id AND operation.id = booking.run_operation_id
  JOIN run_lot AS lot ON lot.coop_id = operation.coop_id AND lot.id = operation.lot_id
  JOIN run ON run.coop_id = lot.coop_id AND run.id = lot.run_id
  JOIN edition ON edition.coop_id = run.coop_id AND edition.id = run.edition_id
  JOIN work ON work.coop_id = edition.coop_id AND work.id = edition.work_id
 WHERE booking.coop_id = $1 AND booking.id = ANY($2::uuid[])
 ORDER BY lower(booking.during)`;

const MAKERS = `SELECT account_id AS id FROM membership
  WHERE coop_id = $1 AND removed_at IS NULL AND roles && '{operator,admin}'::text[] ORDER BY account_id`;

/** What has to be said when the time of runs lies on a station that is out of service, and to whom. */
@Injectable()
export class DisplacedRunsRepository {
  /** The time of runs among these bookings, by start. */
  times(q: Queryable, coopId: string, bookingIds: readonly string[]): Promise<DisplacedTime[]> {
    return q.query<DisplacedTime & Record<string, unknown>>(TIMES, [coopId, bookingIds]);
  }

  /** The operators and admins of a co-op. */
  async makers(q: Queryable, coopId: string): Promise<string[]> {
    return (await q.query<{ id: string }>(MAKERS, [coopId])).map((row) => row.id);
  }
}
