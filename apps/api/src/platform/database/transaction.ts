import { createHash } from 'node:crypto';
import type { PoolClient, QueryResultRow } from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';
import { LockJournal, type LockLevel } from './lock-order.js';

const statementNames = new Map<string, string>();

function statementName(text: string): string {
  let name = statementNames.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
    statementNames.set(text, name);
  }
  return name;
}

/** Whatever can run a statement: the pool for reads, a transaction for the rest. */
export interface Queryable {
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** One open database transaction. Inside: lock, load, decide, write; no network. */
export class Transaction implements Queryable {
  private readonly journal = new LockJournal();
  private time: Date | undefined;

  private constructor(
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
  ) {}

  static async open(runner: QueryRunner): Promise<Transaction> {
    const client = (await runner.connect()) as PoolClient;
    await runner.startTransaction();
    return new Transaction(runner, client);
  }

  /** TypeORM's manager on this transaction's connection. */
  get manager(): EntityManager {
    return this.runner.manager;
  }

  /** Runs one statement, prepared once per connection; `text` must be a constant, values go in `values`. */
  async query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.client.query<Row>({ name: statementName(text), text, values: [...values] });
    return result.rows;
  }

  /** Locks rows of a provider's table FOR NO KEY UPDATE by ascending id and returns the ids that exist. */
  async lock(level: LockLevel, coopId: string, ids: readonly string[]): Promise<string[]> {
    const sorted = [...new Set(ids)].sort();
    this.journal.note(level, sorted);
    const rows = await this.query<{ id: string }>(
      `SELECT id FROM ${level} WHERE coop_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
      [coopId, sorted],
    );
    return rows.map((row) => row.id);
  }

  /** Notes a lock that a repository takes with a statement of its own (lock and load in one). */
  locking(level: LockLevel, ids: readonly string[] = []): void {
    this.journal.note(level, [...ids].sort());
  }

  /** The time of this transaction: read once, after its last lock. */
  async now(): Promise<Date> {
    if (this.time === undefined) {
      const [row] = await this.query<{ now: Date }>('SELECT app_now() AS now');
      if (row === undefined) throw new Error('app_now() returned no row');
      this.observeNow(row.now);
      return row.now;
    }
    return this.time;
  }

  /** Takes over the time that a load statement read along with its rows, after the last lock. */
  observeNow(now: Date): void {
    this.time ??= now;
    this.journal.noteClock();
  }

  commit(): Promise<void> {
    return this.runner.commitTransaction();
  }

  rollback(): Promise<void> {
    return this.runner.rollbackTransaction();
  }
}
