import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/index.js';
import type { ClosureRow } from '../../workshops/index.js';

/** A closure of one station. */
export type StationClosure = ClosureRow & { readonly cellId: string; readonly stationId: string };

/** What the words to the owners need. */
export interface StationFacts {
  readonly slug: string;
  readonly timeZone: string;
  readonly cellName: string;
  /** The number of each station of the cell, by id. */
  readonly numbers: Readonly<Record<string, number>>;
}

const FACTS = `
  SELECT coop.slug, workshop.time_zone AS "timeZone", cell.name AS "cellName",
    (SELECT json_object_agg(station.id, station.number) FROM station
      WHERE station.coop_id = cell.coop_id AND station.cell_id = cell.id) AS numbers
    FROM cell JOIN coop ON coop.id = cell.coop_id
    JOIN workshop ON workshop.coop_id = cell.coop_id AND workshop.id = cell.workshop_id
   WHERE cell.coop_id = $1 AND cell.id = $2`;

const TOUCHING = `
  SELECT claim.id FROM booking AS claim
   WHERE claim.coop_id = $1 AND claim.station_id = $2 AND claim.ended_at IS NULL
     AND claim.claim && tstzrange($3, $4) AND (claim.state = 'confirmed' OR claim.expires_at > app_now())`;

const OUT_OF_SERVICE = `
  SELECT claim.id FROM booking AS claim
   WHERE claim.coop_id = $1 AND claim.id = ANY($2::uuid[]) AND EXISTS (
     SELECT 1 FROM closure AS out
      WHERE out.coop_id = claim.coop_id AND out.workshop_id = claim.workshop_id AND out.station_id = claim.station_id
        AND out.kind = 'out_of_service' AND out.to_at > lower(claim.during) AND out.from_at < upper(claim.during))`;

const MOVED_AWAY = `
  SELECT claim.id FROM station
    JOIN booking AS claim ON claim.coop_id = station.coop_id AND claim.station_id = station.id
   WHERE station.coop_id = $1 AND station.cell_id = $2 AND station.id <> $3 AND claim.ended_at IS NULL
     AND claim.claim && tstzrange($4, $5) AND EXISTS (
       SELECT 1 FROM booking_event AS event
        WHERE event.coop_id = claim.coop_id AND event.booking_id = claim.id AND event.kind = 'moved'
          AND event.station_id = $3 AND event.actor_id = $6)`;

/** The statements of taking stations out of service. */
@Injectable()
export class EvacuationsRepository {
  async facts(q: Queryable, coopId: string, cellId: string): Promise<StationFacts> {
    const [facts] = await q.query<StationFacts>(FACTS, [coopId, cellId]);
    if (facts === undefined) throw new Error(`cell ${cellId} is gone although its station is there`);
    return facts;
  }

  /** Those of these claims on which work has begun. */
  async checkedIn(q: Queryable, coopId: string, ids: readonly string[]): Promise<Set<string>> {
    const rows = await q.query<{ id: string }>(
      'SELECT id FROM booking WHERE coop_id = $1 AND id = ANY($2::uuid[]) AND checked_in_at IS NOT NULL',
      [coopId, ids],
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Those of these claims whose station is out of service at some time of their window; what ends one has locked its cell. */
  async outOfService(q: Queryable, coopId: string, ids: readonly string[]): Promise<Set<string>> {
    const rows = await q.query<{ id: string }>(OUT_OF_SERVICE, [coopId, ids]);
    return new Set(rows.map((row) => row.id));
  }

  /** The live claims that touch a closure of their station. */
  async touching(q: Queryable, closure: StationClosure): Promise<string[]> {
    const { coopId, stationId, fromAt, toAt } = closure;
    const rows = await q.query<{ id: string }>(TOUCHING, [coopId, stationId, fromAt, toAt]);
    return rows.map((row) => row.id);
  }

  /** The claims that this person has moved away from a closed station and that stand elsewhere now. */
  async movedAway(q: Queryable, closure: StationClosure, actorId: string): Promise<string[]> {
    const { coopId, cellId, stationId, fromAt, toAt } = closure;
    const rows = await q.query<{ id: string }>(MOVED_AWAY, [
      ...[coopId, cellId, stationId, fromAt, toAt, actorId],
    ]);
    return rows.map((row) => row.id);
  }
}
