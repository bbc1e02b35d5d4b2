import { Injectable } from '@nestjs/common';
import type { Remedy } from '@touchmark/production';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { OrderUnitType, UnitType } from './production.types.js';
import type { Key } from './runs.repository.js';

/** A unit of an order, with what was done about it when it failed. */
export type UnitOfOrder = OrderUnitType & { readonly remedy: Remedy | null };

/** How many units an order is to get. */
export interface UnitsOrdered {
  readonly orderId: string;
  readonly quantity: number;
}

const COLUMNS = `u.coop_id AS "coopId", u.id, u.run_id AS "runId", u.lot_id AS "lotId", u.edition_id AS "editionId",
  u.order_id AS "orderId", u.serial, u.state, l.number AS "lotNumber"`;

const FROM = 'FROM unit u JOIN run_lot l ON l.coop_id = u.coop_id AND l.id = u.lot_id';

// Ids rise with the rows, so the units stand in the order in which the orders are given.
const INSERT = `INSERT INTO unit (coop_id, run_id, lot_id, edition_id, order_id, state)
  SELECT $1, $2, $3, $4, ordered.order_id, 'planned'
    FROM unnest($5::uuid[], $6::integer[]) WITH ORDINALITY AS ordered (order_id, quantity, place)
    CROSS JOIN LATERAL generate_series(1, ordered.quantity) AS piece ORDER BY ordered.place, piece`;

const BY_ID = `SELECT ${COLUMNS} ${FROM} WHERE u.coop_id = $1 AND u.id = $2`;

const OF_RUNS = `SELECT shown.* FROM unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id)
  CROSS JOIN LATERAL (SELECT ${COLUMNS} ${FROM} WHERE u.coop_id = key.coop_id AND u.run_id = key.id
    AND ($3::uuid IS NULL OR u.id > $3) ORDER BY u.id LIMIT $4) AS shown ORDER BY shown.id`;

const OF_ORDERS = `SELECT u.coop_id AS "coopId", u.id, u.order_id AS "orderId", u.edition_id AS "editionId", u.state,
    u.serial, q.remedy
  FROM unit u JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id)
    ON key.coop_id = u.coop_id AND key.id = u.order_id
  LEFT JOIN quality_record q ON q.coop_id = u.coop_id AND q.unit_id = u.id ORDER BY u.id`;

const PASS = `UPDATE unit SET state = 'passed', serial = $3 WHERE coop_id = $1 AND id = $2`;

const FAIL = `UPDATE unit SET state = 'failed' WHERE coop_id = $1 AND id = $2`;

const HAND_OVER = `UPDATE unit SET state = 'handed_over' WHERE coop_id = $1 AND order_id = $2 AND state = 'passed'`;

const ANY_PLANNED = `SELECT EXISTS (
  SELECT 1 FROM unit WHERE coop_id = $1 AND run_id = $2 AND state = 'planned') AS planned`;

/** Every statement on units; who changes one has locked its order, and its run when it is inspected. */
@Injectable()
export class UnitsRepository {
  /** Adds one planned unit for each piece, order by order. */
  async insert(
    tx: Transaction,
    lot: Key & { readonly runId: string; readonly editionId: string },
    ordered: readonly UnitsOrdered[],
  ): Promise<void> {
    await tx.query(INSERT, [
      lot.coopId,
      lot.runId,
      lot.id,
      lot.editionId,
      ordered.map((order) => order.orderId),
      ordered.map((order) => order.quantity),
    ]);
  }

  async load(q: Queryable, coopId: string, id: string): Promise<UnitType | null> {
    const [unit] = await q.query<UnitType & Record<string, unknown>>(BY_ID, [coopId, id]);
    return unit ?? null;
  }

  /** The units of runs by id, of each at most `limit` after the unit `after`. */
  ofRuns(q: Queryable, runs: readonly Key[], after: string | null, limit: number): Promise<UnitType[]> {
    const [coopIds, ids] = [runs.map((run) => run.coopId), runs.map((run) => run.id)];
    return q.query<UnitType>(OF_RUNS, [coopIds, ids, after, limit]);
  }

  /** The units of orders by id, also those that were replaced. */
  ofOrders(q: Queryable, orders: readonly Key[]): Promise<UnitOfOrder[]> {
    return q.query<UnitOfOrder>(OF_ORDERS, [
      orders.map((order) => order.coopId),
      orders.map((order) => order.id),
    ]);
  }

  async pass(tx: Transaction, unit: Key, serial: number): Promise<void> {
    await tx.query(PASS, [unit.coopId, unit.id, serial]);
  }

  async fail(tx: Transaction, unit: Key): Promise<void> {
    await tx.query(FAIL, [unit.coopId, unit.id]);
  }

  /** Hands over every passed unit of an order. */
  async handOver(tx: Transaction, order: Key): Promise<void> {
    await tx.query(HAND_OVER, [order.coopId, order.id]);
  }

  /** True while a unit of the run is still to be made or inspected. */
  async anyPlanned(q: Queryable, run: Key): Promise<boolean> {
    const [row] = await q.query<{ planned: boolean }>(ANY_PLANNED, [run.coopId, run.id]);
    return row?.planned ?? false;
  }
}
