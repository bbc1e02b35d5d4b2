import { Injectable } from '@nestjs/common';
import type { Window } from '@touchmark/calendar';
import type { Queryable } from '../platform/database/index.js';
import {
  changeoversJson,
  closuresJson,
  epochMs,
  familiesJson,
  hoursJson,
  ownHoursJson,
  stationClaimsJson,
} from './calendar-sql.js';
import type { StationRow } from './claims/locked-cell.js';
import type { CalendarText } from './open-calendar.js';

export interface OccupiedWindow {
  readonly bookingId: string;
  readonly accountId: string | null;
  readonly origin: string;
  readonly state: 'held' | 'confirmed';
  readonly fromAt: number;
  readonly toAt: number;
  /** When the changeover before the window begins. */
  readonly claimFromAt: number;
  readonly changeoverMinutes: number;
  readonly family: string | null;
  readonly expiresAt: number | null;
}

export interface OccupiedCell {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly gridMinutes: number;
  readonly maxMinutes: number;
  readonly hourlyRateMinor: string;
  readonly defaultFamily: string | null;
  readonly families: string | null;
  readonly changeovers: string | null;
  readonly stations: readonly StationRow[];
}

/** A workshop with all its cells, stations and claims in a stretch of time, and the neighbours on both sides. */
export interface Occupancy extends CalendarText {
  readonly now: Date;
  readonly cells: readonly OccupiedCell[];
}

/** One claim as an OccupiedWindow, from a row called `claim`. */
export const CLAIM_JSON = `json_build_object('bookingId', claim.id, 'accountId', claim.account_id,
      'origin', claim.origin, 'state', claim.state, 'family', claim.family,
      'changeoverMinutes', claim.changeover_minutes, 'claimFromAt', ${epochMs('lower(claim.claim)')},
      'fromAt', ${epochMs('lower(claim.during)')}, 'toAt', ${epochMs('upper(claim.during)')},
      'expiresAt', CASE WHEN claim.state = 'held' THEN ${epochMs('claim.expires_at')} END)`;

// The claims come through the index by station and start, from one neighbour to the other, so a past however long is
// never read.
const STATIONS = `
  SELECT coalesce(json_agg(json_build_object('id', station.id, 'number', station.number,
      'claims', (${stationClaimsJson('station', '$3::timestamptz', '$4::timestamptz', 'clock.now')}))
      ORDER BY station.number), '[]')
    FROM station WHERE station.coop_id = cell.coop_id AND station.cell_id = cell.id`;

/** One query over all cells of a workshop; exported so that a test can read its plan. */
export const OCCUPANCY = `
  WITH clock AS MATERIALIZED (SELECT app_now() AS now)
  SELECT clock.now, workshop.time_zone AS "timeZone", ${hoursJson('$1', '$2')} AS hours,
    ${ownHoursJson('$1', '$2', 'NULL')} AS "ownHours", ${closuresJson('$1', '$2', '$5', '$6')} AS closures,
    (SELECT coalesce(json_agg(json_build_object('id', cell.id, 'kind', cell.kind, 'name', cell.name,
        'gridMinutes', cell.grid_minutes, 'maxMinutes', cell.max_minutes,
        'hourlyRateMinor', cell.hourly_rate_minor::text, 'defaultFamily', cell.default_family,
        'families', ${familiesJson('$1', 'cell.id')}, 'changeovers', ${changeoversJson('$1', 'cell.id')},
        'stations', (${STATIONS})) ORDER BY cell.id), '[]')
       FROM cell WHERE cell.coop_id = $1 AND cell.workshop_id = $2) AS cells
    FROM clock CROSS JOIN workshop WHERE workshop.coop_id = $1 AND workshop.id = $2`;

/** What stands on all stations of a workshop, for everybody who looks at its calendar. */
@Injectable()
export class OccupancyRepository {
  /** Null when there is no such workshop; instants in epoch milliseconds, hours and closures for `known`. */
  async load(
    q: Queryable,
    coopId: string,
    workshopId: string,
    range: Window,
    known: Window,
  ): Promise<Occupancy | null> {
    const instants = [range.fromAt, range.toAt, known.fromAt, known.toAt].map((at) => new Date(at));
    const [row] = await q.query<Occupancy>(OCCUPANCY, [coopId, workshopId, ...instants]);
    return row ?? null;
  }
}
