import { Injectable } from '@nestjs/common';
import type { PlannedStep } from '@touchmark/production';
import { newId, type Queryable, type Transaction } from '../platform/database/index.js';
import type { RunLotType, RunOperationType } from './production.types.js';
import type { Key } from './runs.repository.js';

/** The most lots that a run lists. */
const SHOWN_PER_RUN = 200;

const LOT_COLUMNS =
  'l.coop_id AS "coopId", l.run_id AS "runId", l.id, l.number, l.quantity, l.planned_at AS "plannedAt"';

const OPERATION_COLUMNS =
  'o.coop_id AS "coopId", o.lot_id AS "lotId", o.id, o.position, o.cell_kind AS "cellKind", o.name, o.minutes';

// The next number is read under the lock of the run, whose lots nobody else adds to meanwhile.
const INSERT = `INSERT INTO run_lot (coop_id, id, run_id, number, quantity)
  SELECT $1, $2, $3, coalesce(max(l.number), 0) + 1, $4 FROM run_lot l WHERE l.coop_id = $1 AND l.run_id = $3`;

const INSERT_OPERATIONS = `INSERT INTO run_operation (coop_id, id, lot_id, position, cell_kind, name, minutes)
  SELECT $1, o.id, $2, o.position, o.cell_kind, o.name, o.minutes
    FROM unnest($3::uuid[], $4::integer[], $5::text[], $6::text[], $7::integer[])
      AS o (id, position, cell_kind, name, minutes)`;

const BY_ID = `SELECT ${LOT_COLUMNS} FROM run_lot l WHERE l.coop_id = $1 AND l.id = $2`;

const OF_RUNS = `SELECT shown.* FROM unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id)
  CROSS JOIN LATERAL (SELECT ${LOT_COLUMNS} FROM run_lot l WHERE l.coop_id = key.coop_id AND l.run_id = key.id
    ORDER BY l.number LIMIT ${String(SHOWN_PER_RUN)}) AS shown ORDER BY shown.number`;

const OPERATIONS_OF = `SELECT ${OPERATION_COLUMNS} FROM run_operation o
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) ON key.coop_id = o.coop_id AND key.id = o.lot_id
  ORDER BY o.position`;

const RUN_OF_OPERATION = `SELECT l.run_id AS id FROM run_operation o
  JOIN run_lot l ON l.coop_id = o.coop_id AND l.id = o.lot_id WHERE o.coop_id = $1 AND o.id = $2`;

const SET_PLANNED = `UPDATE run_lot SET planned_at = $3
  WHERE coop_id = $1 AND id = $2 AND planned_at IS NULL RETURNING id`;

const FORGOTTEN = `SELECT l.coop_id AS "coopId", l.id FROM run_lot l
  WHERE l.planned_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'plan_lot:' || l.id AND j.attempts < j.max_attempts
      AND (j.locked_at IS NOT NULL OR j.attempts = 0 OR j.run_at < now() + make_interval(secs => $1)))
  ORDER BY l.id LIMIT 50`;

/** Every statement on lots and their operations; who adds a lot to a run has locked it, or has just made it. */
@Injectable()
export class LotsRepository {
  /** Adds the next lot of a run, not planned yet, with its steps. */
  async insert(
    tx: Transaction,
    lot: Key & { readonly runId: string; readonly quantity: number },
    steps: readonly PlannedStep[],
  ): Promise<void> {
    await tx.query(INSERT, [lot.coopId, lot.id, lot.runId, lot.quantity]);
    await tx.query(INSERT_OPERATIONS, [
      lot.coopId,
      lot.id,
      steps.map(() => newId()),
      steps.map((step) => step.position),
      steps.map((step) => step.cellKind),
      steps.map((step) => step.name),
      steps.map((step) => step.minutes),
    ]);
  }

  async load(q: Queryable, lot: Key): Promise<RunLotType | null> {
    const [found] = await q.query<RunLotType & Record<string, unknown>>(BY_ID, [lot.coopId, lot.id]);
    return found ?? null;
  }

  /** The lots of runs by number, at most 200 of each. */
  ofRuns(q: Queryable, runs: readonly Key[]): Promise<RunLotType[]> {
    return q.query<RunLotType>(OF_RUNS, [runs.map((run) => run.coopId), runs.map((run) => run.id)]);
  }

  /** The operations of lots in recipe order. */
  operationsOf(q: Queryable, lots: readonly Key[]): Promise<RunOperationType[]> {
    return q.query<RunOperationType>(OPERATIONS_OF, [
      lots.map((lot) => lot.coopId),
      lots.map((lot) => lot.id),
    ]);
  }

  /** The run that an operation belongs to. */
  async runOfOperation(q: Queryable, coopId: string, operationId: string): Promise<Key | null> {
    const [run] = await q.query<{ id: string }>(RUN_OF_OPERATION, [coopId, operationId]);
    return run === undefined ? null : { coopId, id: run.id };
  }

  /** Notes that the lot has its place on the machines; false when it had one already. */
  async setPlanned(tx: Transaction, lot: Key, at: Date): Promise<boolean> {
    return (await tx.query(SET_PLANNED, [lot.coopId, lot.id, at])).length > 0;
  }

  /** Lots without a place and without a job that looks for one within `withinSeconds`. */
  forgotten(q: Queryable, withinSeconds: number): Promise<Key[]> {
    return q.query<{ coopId: string; id: string }>(FORGOTTEN, [withinSeconds]);
  }
}
