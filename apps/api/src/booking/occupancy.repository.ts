import { Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';
import { closuresJson, epochMs, hoursJson } from './calendar-sql.js';
import type { CalendarText } from './open-calendar.js';

export interface OccupiedWindow {
  readonly bookingId: string;
  readonly accountId: string | null;
  readonly state: 'held' | 'confirmed';
  readonly fromAt: number;
  readonly toAt: number;
  readonly expiresAt: number | null;
}

export interface OccupiedStation {
  readonly id: string;
  readonly number: number;
  readonly claims: readonly OccupiedWindow[];
}

export interface OccupiedCell {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly gridMinutes: number;
  readonly maxMinutes: number;
  readonly hourlyRateMinor: string;
  readonly stations: readonly OccupiedStation[];
}

/** A workshop with all its cells, stations and live claims in a stretch of time. */
export interface Occupancy extends CalendarText {
  readonly now: Date;
  readonly cells: readonly OccupiedCell[];
}

/** One claim as an OccupiedWindow, from a row called `claim`. */
export const CLAIM_JSON = `json_build_object('bookingId', claim.id, 'accountId', claim.account_id, 'state', claim.state,
      'fromAt', ${epochMs('lower(claim.during)')}, 'toAt', ${epochMs('upper(claim.during)')},
      'expiresAt', CASE WHEN claim.state = 'held' THEN ${epochMs('claim.expires_at')} END)`;

// The claims come through the index of the exclusion constraint, station by station and by their window, so a past
// however long is never read. Holds are judged by time.
const CLAIMS = `
  SELECT coalesce(json_agg(${CLAIM_JSON} ORDER BY lower(claim.during)), '[]')
    FROM booking AS claim
   WHERE claim.coop_id = station.coop_id AND claim.station_id = station.id AND claim.claim && tstzrange($3, $4)
     AND claim.ended_at IS NULL AND (claim.state = 'confirmed' OR claim.expires_at > clock.now)`;

const STATIONS = `
  SELECT coalesce(json_agg(json_build_object('id', station.id, 'number', station.number, 'claims', (${CLAIMS}))
      ORDER BY station.number), '[]')
    FROM station WHERE station.coop_id = cell.coop_id AND station.cell_id = cell.id`;

/** One query over all cells of a workshop; exported so that a test can read its plan. */
export const OCCUPANCY = `
  WITH clock AS MATERIALIZED (SELECT app_now() AS now)
  SELECT clock.now, workshop.time_zone AS "timeZone", ${hoursJson('$1', '$2')} AS hours,
    ${closuresJson('$1', '$2', '$3', '$4')} AS closures,
    (SELECT coalesce(json_agg(json_build_object('id', cell.id, 'kind', cell.kind, 'name', cell.name,
        'gridMinutes', cell.grid_minutes, 'maxMinutes', cell.max_minutes,
        'hourlyRateMinor', cell.hourly_rate_minor::text, 'stations', (${STATIONS})) ORDER BY cell.id), '[]')
       FROM cell WHERE cell.coop_id = $1 AND cell.workshop_id = $2) AS cells
    FROM clock CROSS JOIN workshop WHERE workshop.coop_id = $1 AND workshop.id = $2`;

/** What stands on all stations of a workshop, for everybody who looks at its calendar. */
@Injectable()
export class OccupancyRepository {
  /** Null when there is no such workshop; instants in epoch milliseconds. */
  async load(
    q: Queryable,
    coopId: string,
    workshopId: string,
    fromAt: number,
    toAt: number,
  ): Promise<Occupancy | null> {
    const [row] = await q.query<Occupancy>(OCCUPANCY, [coopId, workshopId, new Date(fromAt), new Date(toAt)]);
    return row ?? null;
  }
}
