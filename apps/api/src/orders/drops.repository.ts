import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { DropType } from './orders.types.js';

/** A thing of a co-op by its id. */
export interface Key {
  readonly coopId: string;
  readonly id: string;
}

const COLUMNS = `d.coop_id AS "coopId", d.id, d.edition_id AS "editionId", d.state, d.size,
  d.minimum_units AS "minimumUnits", d.cosign_days AS "cosignDays",
  d.objection_days AS "objectionDays", d.units_held AS "unitsHeld", d.units_sold AS "unitsSold",
  d.requested_at AS "requestedAt", d.opened_at AS "openedAt", d.closes_at AS "closesAt", d.closed_at AS "closedAt"`;

const INSERT = `INSERT INTO edition_drop (coop_id, id, edition_id, state, size, minimum_units, requested_at, closes_at,
    cosign_days, objection_days)
  VALUES ($1, $2, $3, 'opening', $4, $5, $6, $7, $8, $9)
  ON CONFLICT ON CONSTRAINT edition_drop_once DO NOTHING RETURNING id`;

const BY_KEYS = `SELECT ${COLUMNS} FROM edition_drop d
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) ON key.coop_id = d.coop_id AND key.id = d.id`;

const OF_EDITIONS = `SELECT ${COLUMNS} FROM edition_drop d
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) ON key.coop_id = d.coop_id AND key.id = d.edition_id`;

const NEWEST = `SELECT ${COLUMNS} FROM edition_drop d WHERE d.coop_id = $1
    AND ($2::timestamptz IS NULL OR (d.requested_at, d.id) < ($2::timestamptz, $3::uuid))
  ORDER BY d.requested_at DESC, d.id DESC LIMIT $4`;

const OPEN = `UPDATE edition_drop SET state = 'open', opened_at = $3
  WHERE coop_id = $1 AND edition_id = $2 AND state = 'opening'`;

// Where nobody bought, nothing is left to settle.
const CLOSE = `UPDATE edition_drop SET state = $3, closed_at = $4,
    settled_at = CASE WHEN units_sold = 0 THEN $4::timestamptz END
  WHERE coop_id = $1 AND id = $2 AND state = 'open'`;

const SETTLED = `UPDATE edition_drop SET settled_at = app_now() WHERE coop_id = $1 AND id = $2 AND settled_at IS NULL`;

// The check constraints are the second witness: units never fall below zero, nor rise above the size.
const MOVE = `UPDATE edition_drop SET units_held = units_held + $3, units_sold = units_sold + $4
  WHERE coop_id = $1 AND id = $2`;

// The clock is asked once: written into the condition it would be asked for each row, and no index could answer.
const DUE = `SELECT coop_id AS "coopId", id FROM edition_drop
  WHERE state = 'open' AND closes_at <= (SELECT app_now()) ORDER BY closes_at LIMIT 50`;

const UNSETTLED = `SELECT d.coop_id AS "coopId", d.id FROM edition_drop d
  WHERE d.settled_at IS NULL AND d.state IN ('locked', 'refunded') AND NOT EXISTS (
    SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'settle_drop:' || d.id AND j.attempts < j.max_attempts
      AND (j.locked_at IS NOT NULL OR j.attempts = 0 OR j.run_at < now() + make_interval(secs => $1)))
  ORDER BY d.closed_at LIMIT 50`;

/** How many units move into and out of a drop's two counters. */
export interface UnitsMoved {
  readonly held: number;
  readonly sold: number;
}

/** Every statement on drops; whoever writes has locked the drop's edition. */
@Injectable()
export class DropsRepository {
  /** Writes a drop that waits for the chain; false when the edition has one already. */
  async insert(tx: Transaction, drop: DropType): Promise<boolean> {
    const { coopId, id, editionId, size, minimumUnits, requestedAt, closesAt, cosignDays, objectionDays } =
      drop;
    const written = await tx.query(INSERT, [
      coopId,
      id,
      editionId,
      size,
      minimumUnits,
      requestedAt,
      closesAt,
      cosignDays,
      objectionDays,
    ]);
    return written.length > 0;
  }

  async byKeys(q: Queryable, keys: readonly Key[]): Promise<DropType[]> {
    return q.query<DropType>(BY_KEYS, [keys.map((key) => key.coopId), keys.map((key) => key.id)]);
  }

  async load(q: Queryable, coopId: string, id: string): Promise<DropType | null> {
    const [drop] = await this.byKeys(q, [{ coopId, id }]);
    return drop ?? null;
  }

  /** The drops of editions; an edition has at most one. */
  async ofEditions(q: Queryable, keys: readonly Key[]): Promise<DropType[]> {
    return q.query<DropType>(OF_EDITIONS, [keys.map((key) => key.coopId), keys.map((key) => key.id)]);
  }

  /** Newest first, one more than the page holds. */
  async newest(q: Queryable, coopId: string, page: PageRequest): Promise<DropType[]> {
    return q.query<DropType>(NEWEST, [coopId, page.after?.[0], page.after?.[1], page.limit + 1]);
  }

  /** Opens the drop of an edition if it still waits; once open it stays as it is. */
  async open(tx: Transaction, coopId: string, editionId: string, at: Date): Promise<void> {
    await tx.query(OPEN, [coopId, editionId, at]);
  }

  async close(tx: Transaction, drop: Key, state: 'locked' | 'refunded', at: Date): Promise<void> {
    await tx.query(CLOSE, [drop.coopId, drop.id, state, at]);
  }

  /** Notes that no order of a closed drop is left in the state `paid`. */
  async settled(tx: Transaction, drop: Key): Promise<void> {
    await tx.query(SETTLED, [drop.coopId, drop.id]);
  }

  async move(tx: Transaction, drop: Key, units: UnitsMoved): Promise<void> {
    await tx.query(MOVE, [drop.coopId, drop.id, units.held, units.sold]);
  }

  /** Drops whose time is over, oldest first. */
  async due(q: Queryable): Promise<Key[]> {
    return q.query<{ coopId: string; id: string }>(DUE);
  }

  /** Closed drops that are not settled and that no job will settle within `withinSeconds`. */
  async unsettled(q: Queryable, withinSeconds: number): Promise<Key[]> {
    return q.query<{ coopId: string; id: string }>(UNSETTLED, [withinSeconds]);
  }
}
