import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/index.js';
import { epochMs } from '../calendar-sql.js';
import { CLAIM_JSON, type OccupiedWindow } from '../occupancy.repository.js';

/** That something happened to a booking. */
export interface BookingEventRow {
  readonly sequence: number;
  readonly coopId: string;
  readonly bookingId: string;
  /** Where it happened; a claim that was moved stands elsewhere by now. */
  readonly stationId: string;
}

/** Events, and the transactions of the moment: which is the oldest that runs, and which number the next would get. */
export interface EventsRead {
  readonly events: readonly BookingEventRow[];
  readonly oldestRunning: string;
  readonly nextToStart: string;
}

/** A stretch of a station in which something changed, and what stands in it now; epoch milliseconds. */
export interface ChangedStretch {
  readonly coopId: string;
  readonly workshopId: string;
  readonly cellId: string;
  readonly stationId: string;
  readonly fromAt: number;
  readonly toAt: number;
  readonly claims: readonly OccupiedWindow[];
}

const NEWEST = `SELECT coalesce(max(sequence), 0)::float8 AS newest FROM booking_event`;
/** The one statement of a poll; exported so that a test can read its plan. */
export const EVENTS_SINCE = `
  SELECT pg_snapshot_xmin(snapshot)::text AS "oldestRunning", pg_snapshot_xmax(snapshot)::text AS "nextToStart",
    (SELECT coalesce(json_agg(json_build_object('sequence', sequence, 'coopId', coop_id, 'bookingId', booking_id,
        'stationId', station_id)
        ORDER BY sequence), '[]')
       FROM ((SELECT sequence, coop_id, booking_id, station_id FROM booking_event WHERE sequence > $1 ORDER BY sequence LIMIT $3)
         UNION ALL
         SELECT sequence, coop_id, booking_id, station_id FROM booking_event WHERE sequence = ANY($2::bigint[])) AS event) AS events
    FROM pg_current_snapshot() AS snapshot`;
const STRETCHES = `
  WITH clock AS MATERIALIZED (SELECT app_now() AS now)
  SELECT touched.coop_id AS "coopId", touched.workshop_id AS "workshopId", touched.cell_id AS "cellId",
    named.station_id AS "stationId", ${epochMs('lower(touched.claim)')}::float8 AS "fromAt",
    ${epochMs('upper(touched.claim)')}::float8 AS "toAt",
    (SELECT coalesce(json_agg(${CLAIM_JSON} ORDER BY lower(claim.during)), '[]')
       FROM booking AS claim
      WHERE claim.coop_id = touched.coop_id AND claim.station_id = named.station_id AND claim.claim && touched.claim
        AND claim.ended_at IS NULL AND (claim.state = 'confirmed' OR claim.expires_at > clock.now)) AS claims
    FROM clock CROSS JOIN unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS named (coop_id, id, station_id)
    JOIN booking AS touched ON touched.coop_id = named.coop_id AND touched.id = named.id`;

/** What happened to bookings, for those who watch. Reads of no lock and of no transaction. */
@Injectable()
export class BookingEventsRepository {
  /** The greatest number that anybody can see; 0 before the first. */
  async newest(q: Queryable): Promise<number> {
    const [row] = await q.query<{ newest: number }>(NEWEST);
    return row?.newest ?? 0;
  }

  /** The first `limit` events after a number, and those of `missing` that have come to light. */
  async read(q: Queryable, after: number, missing: readonly number[], limit: number): Promise<EventsRead> {
    const [row] = await q.query<EventsRead>(EVENTS_SINCE, [after, missing, limit]);
    if (row === undefined) throw new Error('the events of bookings gave no row');
    return row;
  }

  /** The stretches of these bookings with what stands there now, all in one statement. */
  async stretches(q: Queryable, events: readonly BookingEventRow[]): Promise<ChangedStretch[]> {
    const key = ({ coopId, bookingId, stationId }: BookingEventRow): string =>
      `${coopId} ${bookingId} ${stationId}`;
    const named = [...new Map(events.map((event) => [key(event), event])).values()];
    return q.query<ChangedStretch>(STRETCHES, [
      named.map(({ coopId }) => coopId),
      named.map(({ bookingId }) => bookingId),
      named.map(({ stationId }) => stationId),
    ]);
  }
}
