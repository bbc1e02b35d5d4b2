import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { RunType } from './production.types.js';

/** A thing of a co-op by its id. */
export interface Key {
  readonly coopId: string;
  readonly id: string;
}

const COLUMNS = `r.coop_id AS "coopId", r.id, r.edition_id AS "editionId", r.drop_id AS "dropId", r.quantity, r.state,
  r.locked_at AS "lockedAt", r.finished_at AS "finishedAt"`;

// A drop has one run: whoever comes second waits for the first and then writes nothing.
const INSERT = `INSERT INTO run (coop_id, id, edition_id, drop_id, quantity, state, locked_at)
  VALUES ($1, $2, $3, $4, $5, 'locked', $6) ON CONFLICT ON CONSTRAINT run_drop_once DO NOTHING RETURNING id`;

const BY_KEYS = `SELECT ${COLUMNS} FROM run r
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) ON key.coop_id = r.coop_id AND key.id = r.id`;

const NEWEST = `SELECT ${COLUMNS} FROM run r WHERE r.coop_id = $1
    AND ($2::timestamptz IS NULL OR (r.locked_at, r.id) < ($2::timestamptz, $3::uuid))
  ORDER BY r.locked_at DESC, r.id DESC LIMIT $4`;

const BEGIN = `UPDATE run SET state = 'making' WHERE coop_id = $1 AND id = $2 AND state = 'locked'`;

const FINISH = `UPDATE run SET state = 'finished', finished_at = $3 WHERE coop_id = $1 AND id = $2`;

// Orders enqueue the start once; this finds the drops whose job gave up or was lost before there was a run.
const FORGOTTEN_STARTS = `SELECT d.coop_id AS "coopId", d.id FROM edition_drop d
  WHERE d.state = 'locked' AND d.settled_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM run r WHERE r.coop_id = d.coop_id AND r.drop_id = d.id)
    AND NOT EXISTS (
      SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'start_run:' || d.id AND j.attempts < j.max_attempts
        AND (j.locked_at IS NOT NULL OR j.attempts = 0 OR j.run_at < now() + make_interval(secs => $1)))
  LIMIT 50`;

/** Every statement on runs. */
@Injectable()
export class RunsRepository {
  /** Writes a run; false when its drop has one already. */
  async insert(tx: Transaction, run: RunType): Promise<boolean> {
    const { coopId, id, editionId, dropId, quantity, lockedAt } = run;
    return (await tx.query(INSERT, [coopId, id, editionId, dropId, quantity, lockedAt])).length > 0;
  }

  byKeys(q: Queryable, keys: readonly Key[]): Promise<RunType[]> {
    return q.query<RunType>(BY_KEYS, [keys.map((key) => key.coopId), keys.map((key) => key.id)]);
  }

  /** Newest first, one more than the page holds. */
  newest(q: Queryable, coopId: string, page: PageRequest): Promise<RunType[]> {
    return q.query<RunType>(NEWEST, [coopId, page.after?.[0], page.after?.[1], page.limit + 1]);
  }

  /** Notes that work has begun; later calls change nothing. */
  async begin(tx: Transaction, run: Key): Promise<void> {
    await tx.query(BEGIN, [run.coopId, run.id]);
  }

  async finish(tx: Transaction, run: Key, at: Date): Promise<void> {
    await tx.query(FINISH, [run.coopId, run.id, at]);
  }

  /** Locked drops whose orders are all kept, without a run or a job that starts one within `withinSeconds`. */
  forgottenStarts(q: Queryable, withinSeconds: number): Promise<Key[]> {
    return q.query<{ coopId: string; id: string }>(FORGOTTEN_STARTS, [withinSeconds]);
  }
}
