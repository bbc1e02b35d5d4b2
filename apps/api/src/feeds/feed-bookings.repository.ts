import { Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';

/** A booking as calendars elsewhere show it. */
export interface FeedBooking {
  readonly id: string;
  readonly state: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** How often it was changed since it was made. */
  readonly changes: number;
  readonly holder: string | null;
  readonly cellName: string;
  readonly stationNumber: number;
  readonly workshopName: string;
  readonly address: string;
  readonly coopName: string;
}

const MOST = 2000;

// A hold past its time is over whether or not it was swept; it counts as changed then.
const COLUMNS = `booking.id, CASE WHEN dead THEN 'lapsed' ELSE booking.state END AS state,
    lower(booking.during) AS "fromAt", upper(booking.during) AS "toAt", booking.held_at AS "createdAt",
    greatest(booking.held_at, booking.confirmed_at, booking.ended_at, booking.extended_at, booking.checked_in_at,
      booking.checked_out_at, changed.at, CASE WHEN dead THEN booking.expires_at END) AS "modifiedAt",
    changed.times + dead::int AS changes, account.display_name AS holder, cell.name AS "cellName",
    station.number AS "stationNumber", workshop.name AS "workshopName", workshop.address, coop.name AS "coopName"`;
const JUDGED = `
  CROSS JOIN LATERAL (SELECT booking.state = 'held' AND booking.expires_at <= app_now() AS dead) AS judged
  CROSS JOIN LATERAL (SELECT CASE WHEN booking.ended_at IS NULL AND NOT dead
      THEN CASE WHEN upper(booking.during) > app_now() THEN 0 ELSE 1 END
      ELSE CASE WHEN booking.confirmed_at IS NOT NULL THEN 2 ELSE 3 END END AS turn) AS placed`;
// When there are too many: first what stands from now on, the nearest first; then what has been, the newest first; then
// what was cancelled after it was confirmed, which calendars elsewhere should take out; holds that came to nothing last.
const PICKED = `ORDER BY turn, CASE WHEN turn = 0 THEN lower(booking.during) END, lower(booking.during) DESC, booking.id
  LIMIT ${String(MOST)}`;
// By start, so that the same bookings give the same text however they were picked.
const shown = (picked: string): string => `SELECT ${COLUMNS} FROM (${picked} ${PICKED}) AS booking
  CROSS JOIN LATERAL (SELECT count(*)::int AS times, max(at) AS at FROM booking_event AS event
    WHERE event.coop_id = booking.coop_id AND event.booking_id = booking.id) AS changed
  JOIN coop ON coop.id = booking.coop_id
  JOIN workshop ON workshop.coop_id = booking.coop_id AND workshop.id = booking.workshop_id
  JOIN cell ON cell.coop_id = booking.coop_id AND cell.id = booking.cell_id
  JOIN station ON station.coop_id = booking.coop_id AND station.id = booking.station_id
  LEFT JOIN account ON account.id = booking.account_id
  ORDER BY lower(booking.during), booking.id`;

// Ids are in the order of time, and nothing is booked long ahead: older ids need not be looked at.
const OF_MEMBER = shown(`SELECT booking.*, dead
  FROM membership AS own JOIN booking ON booking.coop_id = own.coop_id AND booking.account_id = own.account_id ${JUDGED}
  WHERE own.account_id = $1 AND own.removed_at IS NULL AND booking.id >= $4
    AND booking.during && tstzrange($2, $3) AND (booking.ended_at IS NULL OR booking.ended_at >= $2)`);
const OF_STATION = shown(`SELECT booking.*, dead FROM (
    SELECT * FROM booking AS standing WHERE standing.coop_id = $1 AND standing.station_id = $2
      AND standing.ended_at IS NULL AND lower(standing.during) >= $3 AND lower(standing.during) < $4
    UNION ALL
    SELECT * FROM booking AS ended WHERE ended.coop_id = $1 AND ended.station_id = $2 AND ended.ended_at >= $3
      AND ended.during && tstzrange($3, $4)) AS booking ${JUDGED}`);

/** What the feeds show; reads across features, because each answer must be one statement however many co-ops there are. */
@Injectable()
export class FeedBookingsRepository {
  /** The bookings of a person in all their co-ops; `oldestId` is below the id of any that can be in the stretch. */
  async ofMember(
    q: Queryable,
    accountId: string,
    stretch: { readonly fromAt: Date; readonly toAt: Date; readonly oldestId: string },
  ): Promise<FeedBooking[]> {
    return q.query<FeedBooking>(OF_MEMBER, [accountId, stretch.fromAt, stretch.toAt, stretch.oldestId]);
  }

  async ofStation(
    q: Queryable,
    station: { readonly coopId: string; readonly stationId: string },
    stretch: { readonly fromAt: Date; readonly toAt: Date },
  ): Promise<FeedBooking[]> {
    return q.query<FeedBooking>(OF_STATION, [
      station.coopId,
      station.stationId,
      stretch.fromAt,
      stretch.toAt,
    ]);
  }
}
