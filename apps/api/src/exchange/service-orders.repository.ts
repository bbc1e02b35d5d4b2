import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { ServiceBooking } from './capacity/capacity.js';
import type { OfferKey } from './offers.repository.js';
import type { Party } from './party.js';
import type { ServiceOrderEventType, ServiceOrderState, ServiceOrderType } from './service-order.types.js';

export type NewOrder = ServiceOrderType & { readonly acceptedBy: string };

/** A change of an order's state; what it leaves out stays. */
export interface OrderChange {
  readonly from: readonly ServiceOrderState[];
  readonly to: ServiceOrderState;
  readonly readyAt?: Date;
  readonly refundedMinor?: bigint;
}

const COLUMNS = `coop_id AS "coopId", id, quote_id AS "quoteId", offer_id AS "offerId", version,
  buyer_coop_id AS "buyerCoopId", buyer_brand_id AS "buyerBrandId", state, units, price_minor AS "priceMinor",
  refunded_minor AS "refundedMinor", currency, promised_at AS "promisedAt", accepted_at AS "acceptedAt",
  ready_at AS "readyAt", passed, failed`;

const INSERT = `INSERT INTO service_order (coop_id, id, quote_id, offer_id, version, buyer_coop_id, buyer_brand_id, state,
    units, price_minor, currency, promised_at, accepted_by, accepted_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;
const INSERT_BOOKINGS = `INSERT INTO service_booking (coop_id, booking_id, order_id, position)
  SELECT $1, booking.id, $2, booking.position FROM unnest($3::uuid[], $4::integer[]) AS booking (id, position)`;
const CHANGE = `UPDATE service_order SET state = $4, ready_at = coalesce($5, ready_at),
    refunded_minor = coalesce($6::bigint, refunded_minor)
  WHERE coop_id = $1 AND id = $2 AND state = ANY($3::text[]) RETURNING ${COLUMNS}`;
const INSPECT = `UPDATE service_order SET passed = $3, failed = $4
  WHERE coop_id = $1 AND id = $2 AND state = 'quality' AND passed IS NULL RETURNING ${COLUMNS}`;
const NOTE = `INSERT INTO service_order_event (coop_id, order_id, number, state, actor_id, at)
  SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5 FROM service_order_event WHERE coop_id = $1 AND order_id = $2`;

const BY_KEYS = `SELECT ${COLUMNS} FROM service_order
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) USING (coop_id, id)`;
const OF_QUOTE = `SELECT ${COLUMNS} FROM service_order WHERE coop_id = $1 AND quote_id = $2`;
const EVENTS = `SELECT coop_id AS "coopId", order_id AS "orderId", number, state, at FROM service_order_event
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, order_id) USING (coop_id, order_id) ORDER BY number`;

const BOOKING_IDS = `SELECT coop_id AS "coopId", booking_id AS "bookingId" FROM service_booking
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, order_id) USING (coop_id, order_id)`;

// Work may be checked in without the cell: who ends or moves these rows must hold them first.
const LOCK_BOOKINGS = `SELECT id FROM booking WHERE coop_id = $1 AND service_order_id = $2 AND ended_at IS NULL
  ORDER BY id FOR NO KEY UPDATE`;
const POSITIONS = `SELECT booking_id AS "bookingId", position FROM service_booking WHERE coop_id = $1 AND order_id = $2`;

// The work may be made in more than one workshop: the promise is kept where it ends.
const TIME_ZONE = `SELECT workshop.time_zone AS "timeZone" FROM service_booking AS part
    JOIN booking ON booking.coop_id = part.coop_id AND booking.id = part.booking_id
    JOIN workshop ON workshop.coop_id = booking.coop_id AND workshop.id = booking.workshop_id
   WHERE part.coop_id = $1 AND part.order_id = $2 ORDER BY upper(booking.during) DESC LIMIT 1`;

const page = (whose: string): string => `SELECT ${COLUMNS} FROM service_order WHERE ${whose}
    AND ($2::timestamptz IS NULL OR (accepted_at, id) < ($2::timestamptz, $3::uuid))
  ORDER BY accepted_at DESC, id DESC LIMIT $4`;
const SOLD = page('coop_id = $1');
// What was bought for a co-op is that co-op's alone; what a brand bought before it had one stays the brand's.
const BOUGHT = `(${page('buyer_coop_id = $1')}) UNION ALL (${page('buyer_brand_id = $5 AND buyer_coop_id IS NULL')})
  ORDER BY "acceptedAt" DESC, id DESC LIMIT $4`;

type Row = Omit<ServiceOrderType, 'priceMinor' | 'refundedMinor'> & {
  readonly priceMinor: string;
  readonly refundedMinor: string;
};

const orderOf = (row: Row): ServiceOrderType => ({
  ...row,
  priceMinor: BigInt(row.priceMinor),
  refundedMinor: BigInt(row.refundedMinor),
});

/** Every statement on service orders, their history and which bookings are theirs. */
@Injectable()
export class ServiceOrdersRepository {
  async insert(tx: Transaction, order: NewOrder): Promise<void> {
    await tx.query(INSERT, [
      ...[order.coopId, order.id, order.quoteId, order.offerId, order.version, order.buyerCoopId],
      ...[order.buyerBrandId, order.state, order.units, order.priceMinor.toString(), order.currency],
      ...[order.promisedAt, order.acceptedBy, order.acceptedAt],
    ]);
    await tx.query(NOTE, [order.coopId, order.id, order.state, order.acceptedBy, order.acceptedAt]);
  }

  async addBookings(
    tx: Transaction,
    { coopId, id }: OfferKey,
    bookings: readonly ServiceBooking[],
  ): Promise<void> {
    const columns = [
      bookings.map((booking) => booking.bookingId),
      bookings.map((booking) => booking.position),
    ];
    await tx.query(INSERT_BOOKINGS, [coopId, id, ...columns]);
  }

  /**
   * Moves an order on if it still stands in one of the states that it may leave, and notes it; null when it does not.
   * Its row is the last that is locked, and who holds it waits for nothing else.
   */
  async change(
    tx: Transaction,
    { coopId, id }: OfferKey,
    { from, to, readyAt, refundedMinor }: OrderChange,
    actorId: string,
    at: Date,
  ): Promise<ServiceOrderType | null> {
    const values = [coopId, id, from, to, readyAt ?? null, refundedMinor?.toString() ?? null];
    const [row] = await tx.query<Row>(CHANGE, values);
    if (row === undefined) return null;
    await tx.query(NOTE, [coopId, id, to, actorId, at]);
    return orderOf(row);
  }

  /** Records what an inspection counted; null when it was recorded before or the order is not there yet. */
  async inspect(
    tx: Transaction,
    key: OfferKey,
    passed: number,
    failed: number,
  ): Promise<ServiceOrderType | null> {
    const [row] = await tx.query<Row>(INSPECT, [key.coopId, key.id, passed, failed]);
    return row === undefined ? null : orderOf(row);
  }

  async byId(q: Queryable, key: OfferKey): Promise<ServiceOrderType | null> {
    return (await this.byIds(q, [key]))[0] ?? null;
  }

  async byIds(q: Queryable, keys: readonly OfferKey[]): Promise<ServiceOrderType[]> {
    const rows = await q.query<Row>(BY_KEYS, [keys.map((key) => key.coopId), keys.map((key) => key.id)]);
    return rows.map(orderOf);
  }

  async ofQuote(q: Queryable, coopId: string, quoteId: string): Promise<ServiceOrderType | null> {
    const [row] = await q.query<Row>(OF_QUOTE, [coopId, quoteId]);
    return row === undefined ? null : orderOf(row);
  }

  /** The history of orders, oldest first, by the order's id. */
  async events(q: Queryable, keys: readonly OfferKey[]): Promise<Map<string, ServiceOrderEventType[]>> {
    const columns = [keys.map((key) => key.coopId), keys.map((key) => key.id)];
    const rows = await q.query<ServiceOrderEventType & { readonly orderId: string }>(EVENTS, columns);
    return new Map(keys.map(({ id }) => [id, rows.filter((row) => row.orderId === id)]));
  }

  /** Which bookings were ever made for these orders. */
  bookingIds(
    q: Queryable,
    keys: readonly OfferKey[],
  ): Promise<{ readonly coopId: string; readonly bookingId: string }[]> {
    return q.query(BOOKING_IDS, [keys.map((key) => key.coopId), keys.map((key) => key.id)]);
  }

  /** Locks the live bookings of an order, under the locks of their cells; nobody can begin work on them meanwhile. */
  async lockBookings(tx: Transaction, { coopId, id }: OfferKey): Promise<void> {
    await tx.query(LOCK_BOOKINGS, [coopId, id]);
  }

  /** Which operation each booking of an order is for, by the booking's id. */
  async positions(q: Queryable, { coopId, id }: OfferKey): Promise<Map<string, number>> {
    const rows = await q.query<{ bookingId: string; position: number }>(POSITIONS, [coopId, id]);
    return new Map(rows.map((row) => [row.bookingId, row.position]));
  }

  /** The zone of the workshop that ends the work. */
  async timeZone(q: Queryable, { coopId, id }: OfferKey): Promise<string> {
    const [row] = await q.query<{ timeZone: string }>(TIME_ZONE, [coopId, id]);
    if (row === undefined) throw new Error(`order ${id} has no booking although it was accepted`);
    return row.timeZone;
  }

  /** What a co-op sold, newest first. */
  async sold(q: Queryable, coopId: string, { after, limit }: PageRequest): Promise<ServiceOrderType[]> {
    const rows = await q.query<Row>(SOLD, [coopId, after?.[0] ?? null, after?.[1] ?? null, limit + 1]);
    return rows.map(orderOf);
  }

  /** What a party bought, newest first: its co-op, and its brand where that bought for itself. */
  async bought(
    q: Queryable,
    { coopId, brandId }: Pick<Party, 'coopId' | 'brandId'>,
    { after, limit }: PageRequest,
  ): Promise<ServiceOrderType[]> {
    const values = [coopId, after?.[0] ?? null, after?.[1] ?? null, limit + 1, brandId];
    return (await q.query<Row>(BOUGHT, values)).map(orderOf);
  }
}
