import type { TestDatabase } from '../../support/database.js';
import { minuteOf } from './calendar.js';
import type { Happened } from './history.js';

interface EventRow extends Record<string, unknown> {
  readonly sequence: string;
  readonly kind: 'held' | 'lapsed' | 'checked_in' | 'checked_out';
  readonly now: Date;
  readonly bookingId: string;
  readonly entryId: string | null;
  readonly accountId: string;
  readonly stationId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly expiresAt: Date;
  readonly prepaidMinutes: number;
  readonly byStranger: boolean;
}

// Rows that one transaction wrote have the same xmin.
const EVENTS = `
  select event.sequence::text as sequence, event.kind, event.at as now, booking.id as "bookingId", entry.id as "entryId",
    booking.account_id as "accountId", event.station_id as "stationId", lower(booking.during) as "fromAt",
    upper(booking.during) as "toAt", booking.expires_at as "expiresAt",
    (select coalesce(sum(minutes), 0)::int from credit_use as use
      where use.coop_id = booking.coop_id and use.booking_id = booking.id) as "prepaidMinutes",
    event.kind = 'lapsed' and exists (
      select from booking_event as other where other.coop_id = $1 and other.sequence > $2 and other.xmin = event.xmin
         and other.actor_id <> booking.account_id) as "byStranger"
   from booking_event as event
   join booking on booking.coop_id = event.coop_id and booking.id = event.booking_id
   left join waiting_entry as entry on entry.coop_id = booking.coop_id and entry.booking_id = booking.id
  where event.coop_id = $1 and event.sequence > $2
    and (event.kind in ('lapsed', 'checked_in', 'checked_out') or event.kind = 'held' and entry.id is not null)
  order by event.sequence`;

/** What happened without having been answered with its number, since a number. */
export async function eventsSince(
  database: TestDatabase,
  coopId: string,
  sequence: bigint,
): Promise<{ readonly happened: Happened; readonly accountId: string }[]> {
  const rows = await database.query<EventRow>(EVENTS, [coopId, sequence.toString()]);
  return rows.map((row) => ({ happened: happenedOf(row), accountId: row.accountId }));
}

function happenedOf(row: EventRow): Happened {
  const { kind, bookingId, entryId, stationId, prepaidMinutes, byStranger } = row;
  const when = { sequence: BigInt(row.sequence), now: row.now.getTime() };
  if (kind !== 'held') return { kind, ...when, bookingId, byStranger };
  return {
    ...{ kind: 'offered', ...when, bookingId, entryId: entryId ?? '', stationId, prepaidMinutes },
    ...{ from: minuteOf(row.fromAt), to: minuteOf(row.toAt), expiresAt: row.expiresAt.getTime() },
  };
}

const FIRST_STATIONS = `
  select distinct on (booking_id) booking_id as "bookingId", station_id as "stationId" from booking_event
   where coop_id = $1 and booking_id = any($2::uuid[]) order by booking_id, sequence`;

/**
 * The bookings of a series are read when it has been answered, and somebody may have moved them by then; their history
 * says where they were put.
 */
export async function asPut(
  database: TestDatabase,
  coopId: string,
  happened: readonly Happened[],
): Promise<Happened[]> {
  const made = happened.flatMap((one) => (one.kind === 'asked' ? (one.outcome.series?.bookings ?? []) : []));
  const rows = await database.query<{ bookingId: string; stationId: string }>(FIRST_STATIONS, [
    ...[coopId, made.map(({ id }) => id)],
  ]);
  const stations = new Map(rows.map(({ bookingId, stationId }) => [bookingId, stationId]));
  return happened.map((one) => {
    if (one.kind !== 'asked' || one.outcome.series === undefined) return one;
    const bookings = one.outcome.series.bookings.map((booking) => ({
      ...{ ...booking, station: { id: stations.get(booking.id) ?? '' } },
    }));
    return { ...one, outcome: { ...one.outcome, series: { bookings } } };
  });
}
