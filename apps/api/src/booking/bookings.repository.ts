import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { BookingType, PriceLineType } from './booking.types.js';

type MoneyFields = 'priceMinor' | 'chargedMinor' | 'priceLines';
type LineRow = Omit<PriceLineType, 'amountMinor'> & { readonly amountMinor: string };
export type BookingRow = Omit<BookingType, MoneyFields> & {
  readonly priceMinor: string;
  readonly chargedMinor: string;
  readonly priceLines: readonly LineRow[];
};

const columns = (
  state: string,
): string => `booking.coop_id AS "coopId", booking.id, booking.workshop_id AS "workshopId",
  booking.cell_id AS "cellId", booking.station_id AS "stationId", booking.account_id AS "accountId",
  booking.run_operation_id AS "runOperationId", booking.round_id AS "roundId",
  booking.service_order_id AS "serviceOrderId", booking.series_id AS "seriesId", booking.moved_from AS "movedFrom",
  booking.origin, booking.family, lower(booking.claim) AS "claimFromAt",
  booking.changeover_minutes AS "changeoverMinutes", booking.price_lines AS "priceLines",
  booking.charged_minor AS "chargedMinor", booking.extended_at AS "extendedAt", ${state} AS state, lower(booking.during) AS "fromAt",
  upper(booking.during) AS "toAt", booking.price_minor AS "priceMinor", booking.currency, booking.held_at AS "heldAt",
  booking.expires_at AS "expiresAt", booking.confirmed_at AS "confirmedAt", booking.checked_in_at AS "checkedInAt",
  booking.checked_out_at AS "checkedOutAt"`;
const AS_STORED = columns('booking.state');
// Time decides whether a hold lives; the sweep only tidies up behind it.
const AS_SEEN = columns(
  `CASE WHEN booking.state = 'held' AND booking.expires_at <= (SELECT app_now()) THEN 'lapsed' ELSE booking.state END`,
);

// The member first, then the claim: so nobody who holds a claim waits for a member, and no circle can close.
const LOCK_MEMBER = `SELECT 1 FROM membership WHERE coop_id = $1 AND account_id = $2 FOR NO KEY UPDATE`;
const LOCK_CLAIM = `SELECT ${AS_STORED} FROM booking WHERE coop_id = $1 AND id = $2 FOR NO KEY UPDATE`;

// Unless it was read behind all locks, the time is read here; one that is too late fails the constraint CONFIRMED_TOO_LATE.
const CONFIRM = `
  WITH clock AS MATERIALIZED (SELECT coalesce($5::timestamptz, app_now()) AS now),
  confirmed AS (
    UPDATE booking SET state = 'confirmed', confirmed_at = clock.now, charged_minor = $3 FROM clock
     WHERE coop_id = $1 AND id = $2
    RETURNING coop_id, id, workshop_id, cell_id, station_id, confirmed_at)
  INSERT INTO booking_event (coop_id, sequence, workshop_id, cell_id, station_id, booking_id, actor_id, kind, at)
  SELECT coop_id, nextval('booking_event_sequence'), workshop_id, cell_id, station_id, id, $4, 'confirmed', confirmed_at
    FROM confirmed RETURNING sequence::text AS sequence, at`;

const EXTEND = `
  WITH extended AS (
    UPDATE booking SET expires_at = $4, extended_at = $3 WHERE coop_id = $1 AND id = $2
    RETURNING coop_id, id, workshop_id, cell_id, station_id)
  INSERT INTO booking_event (coop_id, sequence, workshop_id, cell_id, station_id, booking_id, actor_id, kind, at)
  SELECT coop_id, nextval('booking_event_sequence'), workshop_id, cell_id, station_id, id, $5, 'extended', $3
    FROM extended RETURNING sequence::text AS sequence`;

const NOTE = `
  INSERT INTO booking_event (coop_id, sequence, workshop_id, cell_id, station_id, booking_id, actor_id, kind, at)
  SELECT coop_id, nextval('booking_event_sequence'), workshop_id, cell_id, station_id, id, $3, $4, $5
    FROM booking WHERE coop_id = $1 AND id = $2 RETURNING sequence::text AS sequence`;

const KNOWN = `SELECT ${AS_SEEN}, (SELECT app_now()) AS "seenAt" FROM booking WHERE coop_id = $1 AND id = $2`;

/** The constraint that fails when a hold is confirmed at or after the end of its time or of its window. */
export const CONFIRMED_TOO_LATE = 'booking_confirmed_in_time';

/** A claim and when it was read. */
export interface KnownClaim {
  readonly claim: BookingType;
  readonly seenAt: Date;
}

export function bookingOf(row: BookingRow): BookingType {
  const priceLines = row.priceLines.map((line) => ({ ...line, amountMinor: BigInt(line.amountMinor) }));
  return {
    ...row,
    priceMinor: BigInt(row.priceMinor),
    chargedMinor: BigInt(row.chargedMinor),
    priceLines,
  };
}

/** Statements on the table `booking` that use cases share. */
@Injectable()
export class BookingsRepository {
  /** Locks a member and then a claim of theirs, and loads it as it then stands; null when there is none. */
  async lockOwn(tx: Transaction, coopId: string, id: string, accountId: string): Promise<BookingType | null> {
    tx.locking('membership', [accountId]);
    const [, claim] = await Promise.all([
      tx.query(LOCK_MEMBER, [coopId, accountId]),
      this.lockClaim(tx, coopId, id),
    ]);
    return claim?.accountId === accountId ? claim : null;
  }

  /** Locks a claim below its member and loads it as it then stands. */
  async lockClaim(tx: Transaction, coopId: string, id: string): Promise<BookingType | null> {
    const [row] = await tx.query<BookingRow>(LOCK_CLAIM, [coopId, id]);
    return row === undefined ? null : bookingOf(row);
  }

  /**
   * Makes a booking of a locked hold, and fails with CONFIRMED_TOO_LATE when its time is over. The number of the event and
   * the time are there before the transaction has committed.
   */
  async confirm(
    tx: Transaction,
    { coopId, id, priceMinor }: BookingType,
    actorId: string,
    readAt: Date | null,
  ): Promise<{ sequence: string; at: Date }> {
    type Row = { sequence: string; at: Date };
    const [row] = await tx.query<Row>(CONFIRM, [coopId, id, priceMinor.toString(), actorId, readAt]);
    if (row === undefined) throw new Error('a claim was confirmed that is not there');
    return row;
  }

  extend(
    tx: Transaction,
    { coopId, id }: BookingType,
    at: Date,
    until: Date,
    actorId: string,
  ): Promise<string> {
    return sequenceOf(tx, EXTEND, [coopId, id, at, until, actorId]);
  }

  /** Notes in the history of a claim what happened to it. */
  note(
    tx: Transaction,
    { coopId, id }: Pick<BookingType, 'coopId' | 'id'>,
    kind: 'checked_in' | 'checked_out',
    at: Date,
    actorId: string | null,
  ): Promise<string> {
    return sequenceOf(tx, NOTE, [coopId, id, actorId, kind, at]);
  }

  /** A number in the order of what happens, for an outcome that leaves no event. */
  nextSequence(tx: Transaction): Promise<string> {
    return sequenceOf(tx, `SELECT nextval('booking_event_sequence')::text AS sequence`, []);
  }

  /** The time, for what is asked before anything is locked; decisions take the time that was read after the locks. */
  async time(q: Queryable): Promise<Date> {
    const [row] = await q.query<{ now: Date }>('SELECT app_now() AS now');
    if (row === undefined) throw new Error('app_now() returned no row');
    return row.now;
  }

  /** A claim as it is before anything is locked, and the time at which it was seen. */
  async known(q: Queryable, coopId: string, id: string): Promise<KnownClaim | null> {
    const [row] = await q.query<BookingRow & { readonly seenAt: Date }>(KNOWN, [coopId, id]);
    if (row === undefined) return null;
    const { seenAt, ...claim } = row;
    return { seenAt, claim: bookingOf(claim) };
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

  /** Notes the check-out of a locked claim and what it costs since. */
  async checkOut(
    tx: Transaction,
    { coopId, id }: BookingType,
    at: Date,
    chargedMinor: bigint,
  ): Promise<void> {
    await tx.query(
      'UPDATE booking SET checked_out_at = $3, charged_minor = $4 WHERE coop_id = $1 AND id = $2',
      [coopId, id, at, chargedMinor.toString()],
    );
  }
}

async function sequenceOf(tx: Transaction, text: string, values: readonly unknown[]): Promise<string> {
  const [row] = await tx.query<{ sequence: string }>(text, values);
  if (row === undefined) throw new Error('an event was noted for a claim that is not there');
  return row.sequence;
}
