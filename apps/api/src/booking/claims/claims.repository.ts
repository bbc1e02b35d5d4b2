import { Inject, Injectable } from '@nestjs/common';
import type { RelinkedClaim, Window } from '@touchmark/calendar';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import {
  changeoversJson,
  closuresJson,
  familiesJson,
  hoursJson,
  ownHoursJson,
  stationClaimsJson,
} from '../calendar-sql.js';
import type { BookingOrigin, PriceLineType } from '../booking.types.js';
import { FreedWindows } from './freed-windows.js';
import type { CellRow, StoredClaim } from './locked-cell.js';

/**
 * The statement that reads a locked cell. `waiting` is SQL that tells whether anybody waits for it; `alongside` are
 * columns that a use case reads along, whose parameters start at $8.
 */
export const cellSql = (waiting: string, alongside = ''): string => `
  WITH clock AS MATERIALIZED (SELECT app_now() AS now, nextval('booking_event_sequence') AS sequence)
  SELECT clock.now, clock.sequence::text AS sequence, cell.workshop_id AS "workshopId",
    workshop.time_zone AS "timeZone", cell.kind, cell.name, cell.grid_minutes AS "gridMinutes",
    cell.max_minutes AS "maxMinutes", cell.hourly_rate_minor AS "hourlyRateMinor",
    cell.default_family AS "defaultFamily", coop.currency, coop.hold_limit AS "holdLimit",
    ${hoursJson('$1', 'cell.workshop_id')} AS hours,
    ${ownHoursJson('$1', 'cell.workshop_id', '$2')} AS "ownHours",
    ${closuresJson('$1', 'cell.workshop_id', '$6', '$7')} AS closures,
    ${familiesJson('$1', '$2')} AS families, ${changeoversJson('$1', '$2')} AS changeovers,
    (SELECT coalesce(json_agg(json_build_object('id', station.id, 'number', station.number,
        'claims', (${stationClaimsJson('station', '$4::timestamptz', '$5::timestamptz', 'clock.now')}))
        ORDER BY station.id), '[]')
       FROM station WHERE station.coop_id = $1 AND station.cell_id = $2 AND ($3::uuid IS NULL OR station.id = $3)
    ) AS stations, ${waiting} AS waiting${alongside}
   FROM clock CROSS JOIN cell
   JOIN workshop ON workshop.coop_id = cell.coop_id AND workshop.id = cell.workshop_id
   JOIN coop ON coop.id = cell.coop_id
  WHERE cell.coop_id = $1 AND cell.id = $2`;

const LOCK_MEMBERS = `SELECT account_id FROM membership
  WHERE coop_id = $1 AND account_id = ANY($2::uuid[]) ORDER BY account_id FOR NO KEY UPDATE`;

// Whoever confirms a hold has its row and waits for the books; so the rows that may be written come before the books.
const LOCK_HOLDS = `SELECT id FROM booking
  WHERE coop_id = $1 AND cell_id = ANY($2::uuid[]) AND state = 'held' ORDER BY id FOR NO KEY UPDATE`;

const EVENT_COLUMNS = 'coop_id, sequence, workshop_id, cell_id, station_id, booking_id, actor_id, kind, at';

const INSERT = `
  WITH made AS (
    INSERT INTO booking (coop_id, id, workshop_id, cell_id, station_id, account_id, run_operation_id, round_id,
      service_order_id, series_id, moved_from, state, origin, during, claim, family, changeover_minutes, price_minor,
      price_lines, charged_minor, currency, held_at, expires_at, confirmed_at, extended_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, tstzrange($14, $15), tstzrange($16, $15), $17, $18,
      $19, $20, $21, $22, $23, $24, $25, $28))
  INSERT INTO booking_event (${EVENT_COLUMNS})
  VALUES ($1, coalesce($26::bigint, nextval('booking_event_sequence')), $3, $4, $5, $2, $27, $12, $29)`;

const RELINK = `
  WITH linked AS (
    UPDATE booking SET claim = tstzrange($3, upper(during)), changeover_minutes = $4, crowded = $6
     WHERE coop_id = $1 AND id = $2 AND ended_at IS NULL
    RETURNING coop_id, id, workshop_id, cell_id, station_id)
  INSERT INTO booking_event (${EVENT_COLUMNS})
  SELECT coop_id, nextval('booking_event_sequence'), workshop_id, cell_id, station_id, id, NULL, 'changeover_changed', $5
    FROM linked`;

const END = `
  WITH ended AS (
    UPDATE booking SET state = $3, ended_at = $4, charged_minor = $5 WHERE coop_id = $1 AND id = $2
    RETURNING coop_id, id, workshop_id, cell_id, station_id)
  INSERT INTO booking_event (${EVENT_COLUMNS})
  SELECT coop_id, coalesce($6::bigint, nextval('booking_event_sequence')), workshop_id, cell_id, station_id, id, $7, $3, $4
    FROM ended`;

// What watches the station that it leaves hears of it too, so the move is told of both.
const MOVE = `
  WITH moved AS (
    UPDATE booking SET station_id = $4, claim = tstzrange($5, upper(during)), changeover_minutes = $6, crowded = false
     WHERE coop_id = $1 AND id = $2 AND station_id = $3 AND ended_at IS NULL AND checked_in_at IS NULL
    RETURNING coop_id, id, workshop_id, cell_id
  ), noted AS (
    INSERT INTO booking_event (${EVENT_COLUMNS})
    SELECT coop_id, CASE place.number WHEN 1 THEN coalesce($9::bigint, nextval('booking_event_sequence'))
        ELSE nextval('booking_event_sequence') END, workshop_id, cell_id, place.station_id, id, $7, 'moved', $8
      FROM moved CROSS JOIN unnest(ARRAY[$3::uuid, $4::uuid]) WITH ORDINALITY AS place (station_id, number))
  SELECT id FROM moved`;

const LAPSE = `
  WITH ended AS (
    UPDATE booking SET state = 'lapsed', ended_at = expires_at
     WHERE coop_id = $1 AND id = ANY($2::uuid[]) AND state = 'held' AND expires_at <= $3
    RETURNING coop_id, id, workshop_id, cell_id, station_id
  ), noted AS (
    INSERT INTO booking_event (${EVENT_COLUMNS})
    SELECT coop_id, nextval('booking_event_sequence'), workshop_id, cell_id, station_id, id, NULL, 'lapsed', $3 FROM ended)
  SELECT id FROM ended`;

/** All that is written of a new claim; money in minor units. */
export interface ClaimToWrite {
  readonly coopId: string;
  readonly id: string;
  readonly workshopId: string;
  readonly cellId: string;
  readonly stationId: string;
  readonly accountId: string | null;
  readonly runOperationId: string | null;
  readonly roundId: string | null;
  readonly serviceOrderId: string | null;
  readonly seriesId: string | null;
  readonly movedFrom: string | null;
  readonly state: 'held' | 'confirmed';
  readonly origin: BookingOrigin;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly claimFromAt: Date;
  readonly family: string | null;
  readonly changeoverMinutes: number;
  readonly priceMinor: bigint;
  readonly priceLines: readonly PriceLineType[];
  readonly chargedMinor: bigint;
  readonly currency: string;
  readonly heldAt: Date;
  readonly expiresAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly extendedAt: Date | null;
  readonly actorId: string | null;
}

/** How a claim is ended. */
export interface ClaimToEnd {
  readonly id: string;
  readonly state: 'released' | 'cancelled' | 'moved' | 'no_show';
  readonly at: Date;
  /** What its member owes for it from now on, in minor units. */
  readonly chargedMinor: bigint;
  readonly actorId: string | null;
}

/** Where a claim is moved, by whom. */
export interface Move {
  readonly fromStationId: string;
  readonly stationId: string;
  readonly actorId: string;
  readonly at: Date;
}

/** What part of a cell to load: all stations or one, and a stretch of time with its neighbours. */
export interface CellToLoad {
  readonly coopId: string;
  readonly cellId: string;
  readonly stationId: string | null;
  readonly range: Window;
  readonly known: Window;
}

/** The parameters of a statement made with `cellSql`. */
export function cellParameters({ coopId, cellId, stationId, range, known }: CellToLoad): unknown[] {
  const instants = [range.fromAt, range.toAt, known.fromAt, known.toAt].map((at) => new Date(at));
  return [coopId, cellId, stationId, ...instants];
}

/** The statements that claim and free capacity; whoever calls them holds the cell. */
@Injectable()
export class ClaimsRepository {
  private readonly cell: string;

  constructor(@Inject(FreedWindows) freed: FreedWindows) {
    this.cell = cellSql(freed.waitingSql('$1', '$2'));
  }

  /** Locks the members of a co-op by ascending id: the one batch of a transaction. */
  async lockMembers(tx: Transaction, coopId: string, accountIds: readonly string[]): Promise<void> {
    const sorted = [...new Set(accountIds)].sort();
    tx.locking('membership', sorted);
    await tx.query(LOCK_MEMBERS, [coopId, sorted]);
  }

  /** Locks the holds of locked cells: what is written to them later waits for nobody. */
  async lockHolds(tx: Transaction, coopId: string, cellIds: readonly string[]): Promise<void> {
    await tx.query(LOCK_HOLDS, [coopId, cellIds]);
  }

  async load(q: Queryable, what: CellToLoad): Promise<CellRow | null> {
    const [row] = await q.query<CellRow>(this.cell, cellParameters(what));
    return row ?? null;
  }

  /** Known to have worked when the transaction commits, as with all that is sent and not asked for. */
  insert(tx: Transaction, claim: ClaimToWrite, sequence: string | null, at: Date): void {
    tx.send(INSERT, [
      ...[claim.coopId, claim.id, claim.workshopId, claim.cellId, claim.stationId, claim.accountId],
      ...[claim.runOperationId, claim.roundId, claim.serviceOrderId, claim.seriesId, claim.movedFrom],
      ...[claim.state, claim.origin, claim.fromAt, claim.toAt, claim.claimFromAt, claim.family],
      ...[claim.changeoverMinutes, claim.priceMinor.toString(), jsonOf(claim.priceLines)],
      ...[claim.chargedMinor.toString(), claim.currency, claim.heldAt, claim.expiresAt, claim.confirmedAt],
      ...[sequence, claim.actorId, claim.extendedAt, at],
    ]);
  }

  /** Moves the start of a claim, because its neighbour before it, its hours or its changeover are others now. */
  relink(
    tx: Transaction,
    coopId: string,
    { id, claimFromAt, changeoverMinutes, crowded }: RelinkedClaim,
    at: Date,
  ): void {
    tx.send(RELINK, [coopId, id, new Date(claimFromAt), changeoverMinutes, at, crowded]);
  }

  end(tx: Transaction, coopId: string, claim: ClaimToEnd, sequence: string | null): void {
    const { id, state, at, chargedMinor, actorId } = claim;
    tx.send(END, [coopId, id, state, at, chargedMinor.toString(), sequence, actorId]);
  }

  /** Moves a claim to another station of its cell; false when it has ended or is at work. */
  async move(
    tx: Transaction,
    coopId: string,
    claim: Pick<StoredClaim, 'id' | 'claimFromAt' | 'changeoverMinutes'>,
    { fromStationId, stationId, actorId, at }: Move,
    sequence: string | null,
  ): Promise<boolean> {
    const moved = await tx.query(MOVE, [
      ...[coopId, claim.id, fromStationId, stationId, new Date(claim.claimFromAt), claim.changeoverMinutes],
      ...[actorId, at, sequence],
    ]);
    return moved.length > 0;
  }

  /** Ends those of these holds that are dead at `now`; says which they were. */
  async lapse(tx: Transaction, coopId: string, ids: readonly string[], now: Date): Promise<string[]> {
    const ended = await tx.query<{ id: string }>(LAPSE, [coopId, ids, now]);
    return ended.map((row) => row.id);
  }
}

// Minor units are bigint; JSON has no such number, so they are written as text.
function jsonOf(lines: readonly object[]): string {
  return JSON.stringify(lines, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
