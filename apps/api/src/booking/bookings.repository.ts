import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { BookingType } from './booking.types.js';

export type BookingRow = Omit<BookingType, 'priceMinor'> & { readonly priceMinor: string };

const columns = (
  state: string,
): string => `booking.coop_id AS "coopId", booking.id, booking.workshop_id AS "workshopId",
  booking.cell_id AS "cellId", booking.station_id AS "stationId", booking.account_id AS "accountId",
  booking.run_operation_id AS "runOperationId", ${state} AS state, lower(booking.during) AS "fromAt",
  upper(booking.during) AS "toAt", booking.price_minor AS "priceMinor", booking.currency, booking.held_at AS "heldAt",
  booking.expires_at AS "expiresAt", booking.confirmed_at AS "confirmedAt", booking.checked_in_at AS "checkedInAt",
  booking.checked_out_at AS "checkedOutAt"`;
const AS_STORED = columns('booking.state');
// Time decides whether a hold lives; the sweep only tidies up behind it.
const AS_SEEN = columns(
  `CASE WHEN booking.state = 'held' AND booking.expires_at <= (SELECT app_now()) THEN 'lapsed' ELSE booking.state END`,
);

// The station first, then its claim: whoever changes a claim of a station holds the station.
const LOCK_CLAIM = `SELECT ${AS_STORED} FROM booking
  JOIN station ON station.coop_id = booking.coop_id AND station.id = booking.station_id
 WHERE booking.coop_id = $1 AND booking.id = $2 AND booking.account_id = $3
   FOR NO KEY UPDATE OF station, booking`;

const LAPSE = `UPDATE booking SET state = 'lapsed', ended_at = expires_at
  WHERE coop_id = $1 AND id = ANY($2::uuid[]) AND state = 'held' AND expires_at <= $3`;

const LAPSE_DUE = `
  WITH clock AS MATERIALIZED (SELECT app_now() AS now), due AS (
    SELECT coop_id, id FROM booking
     WHERE state = 'held' AND expires_at <= (SELECT now FROM clock)
     ORDER BY expires_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED)
  UPDATE booking SET state = 'lapsed', ended_at = expires_at FROM due
   WHERE booking.coop_id = due.coop_id AND booking.id = due.id RETURNING booking.id`;

export function bookingOf(row: BookingRow): BookingType {
  return { ...row, priceMinor: BigInt(row.priceMinor) };
}

/** Statements on the table `booking` that one or more use cases share. */
@Injectable()
export class BookingsRepository {
  /** Locks the station and the claim of this member, and loads the claim as it then stands; null when there is none. */
  async lockClaim(
    tx: Transaction,
    coopId: string,
    id: string,
    accountId: string,
  ): Promise<BookingType | null> {
    tx.locking('station');
    const [row] = await tx.query<BookingRow>(LOCK_CLAIM, [coopId, id, accountId]);
    return row === undefined ? null : bookingOf(row);
  }

  /** Known to have worked when the transaction commits, as with all that is sent and not asked for. */
  confirm(tx: Transaction, coopId: string, id: string, at: Date): void {
    tx.send(`UPDATE booking SET state = 'confirmed', confirmed_at = $3 WHERE coop_id = $1 AND id = $2`, [
      coopId,
      id,
      at,
    ]);
  }

  /** Ends a claim before its time. */
  end(tx: Transaction, coopId: string, id: string, state: 'released' | 'cancelled', at: Date): void {
    tx.send('UPDATE booking SET state = $3, ended_at = $4 WHERE coop_id = $1 AND id = $2', [
      coopId,
      id,
      state,
      at,
    ]);
  }

  /** Ends those of these holds that are dead at `now`, so that the exclusion constraint no longer counts them. */
  lapse(tx: Transaction, coopId: string, ids: readonly string[], now: Date): void {
    if (ids.length > 0) tx.send(LAPSE, [coopId, ids, now]);
  }

  /** Ends at most `limit` dead holds of any co-op; returns how many. Claims that somebody has locked wait for the next time. */
  async lapseDue(q: Queryable, limit: number): Promise<number> {
    return (await q.query(LAPSE_DUE, [limit])).length;
  }

  async byIds(q: Queryable, coopId: string, ids: readonly string[]): Promise<BookingType[]> {
    const rows = await q.query<BookingRow>(
      `SELECT ${AS_SEEN} FROM booking WHERE coop_id = $1 AND id = ANY($2::uuid[]) ORDER BY id`,
      [coopId, ids],
    );
    return rows.map(bookingOf);
  }

  async ofOperations(q: Queryable, coopId: string, operationIds: readonly string[]): Promise<BookingType[]> {
    const rows = await q.query<BookingRow>(
      `SELECT ${AS_SEEN} FROM booking WHERE coop_id = $1 AND run_operation_id = ANY($2::uuid[]) ORDER BY lower(during), id`,
      [coopId, operationIds],
    );
    return rows.map(bookingOf);
  }

  /** One page of a member's claims, newest first, with one row more than asked. */
  async pageOfMember(
    q: Queryable,
    coopId: string,
    accountId: string,
    request: PageRequest,
  ): Promise<BookingType[]> {
    const rows = await q.query<BookingRow>(
      `SELECT ${AS_SEEN} FROM booking WHERE coop_id = $1 AND account_id = $2 AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      [coopId, accountId, request.after?.[0] ?? null, request.limit + 1],
    );
    return rows.map(bookingOf);
  }

  /** The live claims of a workshop's stations that touch the stretch, by start. */
  async ofWorkshop(
    q: Queryable,
    coopId: string,
    workshopId: string,
    fromAt: number,
    toAt: number,
  ): Promise<BookingType[]> {
    const rows = await q.query<BookingRow>(
      `SELECT ${AS_SEEN} FROM cell
         JOIN station ON station.coop_id = cell.coop_id AND station.cell_id = cell.id
         JOIN booking ON booking.coop_id = station.coop_id AND booking.station_id = station.id
        WHERE cell.coop_id = $1 AND cell.workshop_id = $2 AND booking.claim && tstzrange($3, $4)
          AND booking.ended_at IS NULL
        ORDER BY lower(booking.during), booking.id`,
      [coopId, workshopId, new Date(fromAt), new Date(toAt)],
    );
    return rows.map(bookingOf).filter((row) => row.state !== 'lapsed');
  }

  /** Notes the check-in of a confirmed claim; false when there is no such claim that was not checked in. */
  async checkIn(tx: Transaction, coopId: string, id: string, at: Date): Promise<boolean> {
    const done = await tx.query(
      `UPDATE booking SET checked_in_at = $3
        WHERE coop_id = $1 AND id = $2 AND state = 'confirmed' AND checked_in_at IS NULL RETURNING id`,
      [coopId, id, at],
    );
    return done.length > 0;
  }

  /** Notes the check-out of a claim that is checked in; false when there is none. */
  async checkOut(tx: Transaction, coopId: string, id: string, at: Date): Promise<boolean> {
    const done = await tx.query(
      `UPDATE booking SET checked_out_at = $3
        WHERE coop_id = $1 AND id = $2 AND checked_in_at IS NOT NULL AND checked_out_at IS NULL RETURNING id`,
      [coopId, id, at],
    );
    return done.length > 0;
  }
}
