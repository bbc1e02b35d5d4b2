import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/index.js';
import type { BookingEventType } from './history.types.js';

const OF_BOOKINGS = `
  SELECT event.coop_id AS "coopId", event.booking_id AS "bookingId", event.sequence::text AS sequence, event.kind, event.at,
    CASE WHEN event.actor_id IS NULL THEN 'product' WHEN event.actor_id = booking.account_id THEN 'member'
         ELSE 'workshop' END AS by
    FROM unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, id)
    JOIN booking ON booking.coop_id = wanted.coop_id AND booking.id = wanted.id
   CROSS JOIN LATERAL (
     SELECT * FROM booking_event AS own WHERE own.coop_id = wanted.coop_id AND own.booking_id = wanted.id
        AND ($3::bigint IS NULL OR own.sequence > $3) ORDER BY own.sequence LIMIT $4) AS event
   ORDER BY event.sequence`;

/** Reads what happened to bookings; `claims/` writes it. */
@Injectable()
export class HistoryRepository {
  /** One page for each booking, in the order in which it happened, with one event more than asked. */
  ofBookings(
    q: Queryable,
    bookings: readonly { readonly coopId: string; readonly id: string }[],
    after: string | null,
    limit: number,
  ): Promise<BookingEventType[]> {
    const [coopIds, ids] = [bookings.map((one) => one.coopId), bookings.map((one) => one.id)];
    return q.query<BookingEventType>(OF_BOOKINGS, [coopIds, ids, after, limit + 1]);
  }
}
