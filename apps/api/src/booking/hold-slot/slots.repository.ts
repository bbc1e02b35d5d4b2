import { Injectable } from '@nestjs/common';
import type { StationCandidate, Window } from '@touchmark/calendar';
import type { Transaction } from '../../platform/database/index.js';
import type { BookingType } from '../booking.types.js';
import { closuresJson, epochMs, hoursJson } from '../calendar-sql.js';
import type { CalendarText } from '../open-calendar.js';

/** What a hold needs to know of its cell. */
export interface LockedCell {
  readonly workshopId: string;
  readonly timeZone: string;
  readonly gridMinutes: number;
  readonly maxMinutes: number;
  readonly hourlyRateMinor: string;
  readonly currency: string;
  readonly holdLimit: number;
  /** The stations to choose from: the one asked for, or all of the cell. */
  readonly stationIds: string[];
}

/** The claims and calendar around a window, read in one statement together with the time. */
export interface Surroundings extends Omit<CalendarText, 'timeZone'> {
  readonly now: Date;
  readonly memberHoldsExpireAt: readonly number[];
  readonly claims: readonly (readonly [string, string, number, number, number | null])[];
}

const lockCell = (station: boolean): string => `
  SELECT cell.workshop_id AS "workshopId", workshop.time_zone AS "timeZone", cell.grid_minutes AS "gridMinutes",
    cell.max_minutes AS "maxMinutes", cell.hourly_rate_minor AS "hourlyRateMinor", coop.currency,
    coop.hold_limit AS "holdLimit",
    ${station ? 'ARRAY[station.id]' : 'ARRAY(SELECT id FROM station WHERE coop_id = cell.coop_id AND cell_id = cell.id ORDER BY id)'} AS "stationIds"
   FROM cell
   JOIN workshop ON workshop.coop_id = cell.coop_id AND workshop.id = cell.workshop_id
   JOIN coop ON coop.id = cell.coop_id
   JOIN membership ON membership.coop_id = cell.coop_id AND membership.account_id = $3 AND membership.removed_at IS NULL
   ${station ? 'JOIN station ON station.coop_id = cell.coop_id AND station.cell_id = cell.id AND station.id = $4' : ''}
  WHERE cell.coop_id = $1 AND cell.id = $2
    FOR NO KEY UPDATE OF cell, ${station ? 'station, ' : ''}membership`;

const LOCK_CELL = lockCell(false);
const LOCK_STATION = lockCell(true);

// Sent right behind the locks; its snapshot is taken after they are held, so it sees what the winner before us wrote.
const SURROUNDINGS = `
  WITH clock AS MATERIALIZED (SELECT app_now() AS now)
  SELECT clock.now, ${hoursJson('$1', 'cell.workshop_id')} AS hours,
    ${closuresJson('$1', 'cell.workshop_id', '$5', '$6')} AS closures,
    (SELECT coalesce(json_agg(${epochMs('hold.expires_at')}), '[]') FROM booking AS hold
      WHERE hold.coop_id = $1 AND hold.account_id = $3 AND hold.state = 'held') AS "memberHoldsExpireAt",
    (SELECT coalesce(json_agg(json_build_array(claim.id, claim.station_id, ${epochMs('lower(claim.during)')},
        ${epochMs('upper(claim.during)')},
        CASE WHEN claim.state = 'held' THEN ${epochMs('claim.expires_at')} END)), '[]')
       FROM station JOIN booking AS claim ON claim.coop_id = $1 AND claim.station_id = station.id
      WHERE station.coop_id = $1 AND station.cell_id = $2 AND ($4::uuid IS NULL OR station.id = $4)
        AND claim.ended_at IS NULL AND claim.claim && tstzrange($5, $6)) AS claims
   FROM clock LEFT JOIN cell ON cell.coop_id = $1 AND cell.id = $2`;

const INSERT_HOLD = `
  INSERT INTO booking (coop_id, id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor,
    currency, held_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, 'held', tstzrange($7, $8), tstzrange($7, $8), $9, $10, $11, $12)`;

/** The statements of holding a slot; they read across tables because each one is a round trip under a lock. */
@Injectable()
export class SlotsRepository {
  /**
   * Locks the cell, the station if one is named, and the member, whose live holds are about to be counted; loads what
   * the cell is. Null when one of them is not there.
   */
  async lock(
    tx: Transaction,
    coopId: string,
    cellId: string,
    accountId: string,
    stationId: string | null,
  ): Promise<LockedCell | null> {
    tx.locking('cell', [cellId]);
    if (stationId !== null) tx.locking('station', [stationId]);
    tx.locking('membership', [accountId]);
    const [cell] =
      stationId === null
        ? await tx.query<LockedCell>(LOCK_CELL, [coopId, cellId, accountId])
        : await tx.query<LockedCell>(LOCK_STATION, [coopId, cellId, accountId, stationId]);
    return cell ?? null;
  }

  /** Loads the time, the member's holds, and the calendar and claims from `fromAt` to `toAt` (epoch milliseconds). */
  async surroundings(
    tx: Transaction,
    coopId: string,
    cellId: string,
    accountId: string,
    stationId: string | null,
    { fromAt, toAt }: Window,
  ): Promise<Surroundings> {
    const [row] = await tx.query<Surroundings>(SURROUNDINGS, [
      coopId,
      cellId,
      accountId,
      stationId,
      new Date(fromAt),
      new Date(toAt),
    ]);
    if (row === undefined) throw new Error('the surroundings of a slot came back empty');
    tx.observeNow(row.now);
    return row;
  }

  /** Writes the hold; whether it could be written is known when the transaction commits. */
  insert(tx: Transaction, hold: BookingType): void {
    tx.send(INSERT_HOLD, [
      hold.coopId,
      hold.id,
      hold.workshopId,
      hold.cellId,
      hold.stationId,
      hold.accountId,
      hold.fromAt,
      hold.toAt,
      hold.priceMinor.toString(),
      hold.currency,
      hold.heldAt,
      hold.expiresAt,
    ]);
  }
}

/** The stations with their claims, as the decision takes them. */
export function candidates(
  stationIds: readonly string[],
  claims: Surroundings['claims'],
): StationCandidate[] {
  return stationIds.map((stationId) => ({
    stationId,
    claims: claims
      .filter(([, on]) => on === stationId)
      .map(([, , fromAt, toAt, expiresAt]) => ({ fromAt, toAt, expiresAt })),
  }));
}
