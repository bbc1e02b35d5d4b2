import { Injectable } from '@nestjs/common';
import type { Window } from '@touchmark/calendar';
import { closuresJson, epochMs, hoursJson, ownHoursJson, type CalendarText } from '../booking/index.js';
import type { Queryable } from '../platform/database/index.js';
import { ownTariffJson } from '../pricing/index.js';

/** A window as a pair of epoch milliseconds. */
export type Pair = readonly [fromAt: number, toAt: number];

export interface UsedStation {
  readonly id: string;
  readonly booked: readonly Pair[];
}

export interface UsedCell {
  readonly id: string;
  readonly stations: readonly UsedStation[];
}

/** A workshop's calendar with what is booked on its stations. */
export interface WorkshopUse extends CalendarText {
  readonly cells: readonly UsedCell[];
}

export interface PricedCell {
  readonly id: string;
  readonly hourlyRateMinor: string;
  readonly stationIds: readonly string[];
}

/** A workshop's calendar with the cells that a tariff would be for. */
export interface PricedWorkshop extends CalendarText {
  readonly id: string;
  readonly currency: string;
  readonly cells: readonly PricedCell[];
}

/** A confirmed claim: of a member, or (without an account) of a run or an order. */
export interface PastClaim {
  readonly id: string;
  readonly cellId: string;
  readonly accountId: string | null;
  readonly memberClass: string | null;
  readonly fromAt: number;
  readonly toAt: number;
  readonly madeAt: number;
  readonly priceMinor: string;
  readonly changeoverMinor: string;
  readonly creditMinutes: number;
}

// Station by station and by the index of the exclusion constraint: a claim contains its window, so none is missed, and
// what lies outside the stretch is not read.
const touching = (fromAt: string, toAt: string): string => `
  booking.coop_id = station.coop_id AND booking.station_id = station.id AND booking.ended_at IS NULL
  AND booking.claim && tstzrange(${fromAt}, ${toAt}) AND booking.during && tstzrange(${fromAt}, ${toAt})
  AND booking.state = 'confirmed'`;

const BOOKED = `
  SELECT coalesce(json_agg(json_build_array(${epochMs('lower(booking.during)')}, ${epochMs('upper(booking.during)')})), '[]')
    FROM booking WHERE ${touching('$3', '$4')}`;

const USE = `
  SELECT workshop.time_zone AS "timeZone", ${hoursJson('$1', '$2')} AS hours,
    ${ownHoursJson('$1', '$2', 'NULL')} AS "ownHours", ${closuresJson('$1', '$2', '$3', '$4')} AS closures,
    (SELECT coalesce(json_agg(json_build_object('id', cell.id, 'stations', (
        SELECT coalesce(json_agg(json_build_object('id', station.id, 'booked', (${BOOKED})) ORDER BY station.number), '[]')
          FROM station WHERE station.coop_id = cell.coop_id AND station.cell_id = cell.id)) ORDER BY cell.id), '[]')
       FROM cell WHERE cell.coop_id = $1 AND cell.workshop_id = $2) AS cells
    FROM workshop WHERE workshop.coop_id = $1 AND workshop.id = $2`;

const CELLS = `
  SELECT json_agg(json_build_object('id', cell.id, 'hourlyRateMinor', cell.hourly_rate_minor::text, 'stationIds', (
      SELECT coalesce(json_agg(station.id), '[]') FROM station
       WHERE station.coop_id = cell.coop_id AND station.cell_id = cell.id)) ORDER BY cell.id)
    FROM cell WHERE cell.coop_id = workshop.coop_id AND cell.workshop_id = workshop.id
     AND (cell.id = $2 OR ($2::uuid IS NULL AND ${ownTariffJson('cell.coop_id', 'cell.id')} IS NULL))`;

const PRICED = `
  SELECT * FROM (
    SELECT workshop.id, coop.currency, workshop.time_zone AS "timeZone", ${hoursJson('$1', 'workshop.id')} AS hours,
      ${ownHoursJson('$1', 'workshop.id', 'NULL')} AS "ownHours",
      ${closuresJson('$1', 'workshop.id', '$3', '$4')} AS closures, (${CELLS}) AS cells
      FROM workshop JOIN coop ON coop.id = workshop.coop_id WHERE workshop.coop_id = $1) AS priced
   WHERE cells IS NOT NULL ORDER BY id`;

const lines = (code: string, field: string): string => `coalesce((
  SELECT sum((line ->> '${field}')::bigint) FROM jsonb_array_elements(booking.price_lines) AS line
   WHERE line ->> 'code' = '${code}'), 0)`;

// What was moved was priced when it was moved, which is when the claim before it was ended.
const MADE_AT = `coalesce((SELECT before.ended_at FROM booking AS before
   WHERE before.coop_id = booking.coop_id AND before.id = booking.moved_from), booking.held_at)`;

// OFFSET 0 keeps the planner at one station at a time.
const CLAIMS = `
  SELECT booking.id, booking.cell_id AS "cellId", booking.account_id AS "accountId", membership.class AS "memberClass",
    ${epochMs('lower(booking.during)')}::float8 AS "fromAt", ${epochMs('upper(booking.during)')}::float8 AS "toAt",
    ${epochMs(MADE_AT)}::float8 AS "madeAt", booking.price_minor AS "priceMinor",
    ${lines('changeover', 'amountMinor')}::text AS "changeoverMinor", ${lines('credit', 'minutes')}::integer AS "creditMinutes"
    FROM station CROSS JOIN LATERAL (SELECT * FROM booking WHERE ${touching('$3', '$4')} OFFSET 0) AS booking
    LEFT JOIN membership ON membership.coop_id = booking.coop_id AND membership.account_id = booking.account_id
   WHERE station.coop_id = $1 AND station.cell_id = ANY($2::uuid[])
   ORDER BY lower(booking.during), booking.id`;

/** What was and is booked, read for people who look at it as a whole. */
@Injectable()
export class WorkshopUseRepository {
  /** All cells of a workshop with the confirmed windows that touch the range; null when there is no such workshop. */
  async use(q: Queryable, coopId: string, workshopId: string, range: Window): Promise<WorkshopUse | null> {
    const [use] = await q.query<WorkshopUse>(USE, [coopId, workshopId, ...instants(range)]);
    return use ?? null;
  }

  /** The workshops with this cell, or with the cells that follow the co-op's tariff; closures for the range. */
  priced(q: Queryable, coopId: string, cellId: string | null, range: Window): Promise<PricedWorkshop[]> {
    return q.query<PricedWorkshop>(PRICED, [coopId, cellId, ...instants(range)]);
  }

  /** The confirmed claims of these cells that touch the stretch, by start. */
  claims(q: Queryable, coopId: string, cellIds: readonly string[], stretch: Window): Promise<PastClaim[]> {
    return q.query<PastClaim>(CLAIMS, [coopId, cellIds, ...instants(stretch)]);
  }
}

const instants = ({ fromAt, toAt }: Window): [Date, Date] => [new Date(fromAt), new Date(toAt)];
