import type { PoolClient, QueryResultRow } from 'pg';
import { Ask, Batch, type Answer } from './batch.js';
import { LockJournal, type LockLevel } from './lock-order.js';

/**
 * Columns for a statement that locks. Behind it PostgreSQL plans each statement of the transaction once per connection,
 * and not anew for its parameters, which it would go on doing where the table is large and the guess seems to gain.
 * A plan for any parameters is guessed dear, so it must not be compiled either.
 */
export const PLAN_ONCE = `set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true)`;

/** Thrown when code goes on asking after its transaction has ended: a bug whose writes would stand outside of it. */
export class TransactionEndedError extends Error {
  override readonly name = 'TransactionEndedError';
}

/** Whatever can run a statement: the pool for reads, a transaction for the rest. */
export interface Queryable {
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/**
 * One open database transaction. Inside: lock, load, decide, write; no network. Statements run in the order in which
 * they are asked for; those that need no answer of each other go out as one batch, which is one round trip.
 */
export class Transaction implements Queryable {
  private readonly journal = new LockJournal();
  private time: Date | undefined;
  /** What was asked for and has not gone out yet. */
  private waiting: Ask[] = [];
  private ended = false;
  private failure: unknown;

  private constructor(private readonly client: PoolClient) {}

  /** Begins on a connection that pipelines; what is asked next travels with the BEGIN. */
  static begin(client: PoolClient): Transaction {
    const tx = new Transaction(client);
    tx.send('BEGIN');
    return tx;
  }

  /** Runs one statement, prepared once per connection; `text` must be a constant, values go in `values`. */
  async query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const answer = this.ask<Row>(text, values);
    try {
      return (await answer).rows;
    } catch (error) {
      // The error was made where the answer was read; who asked is here.
      if (error instanceof Error) Error.captureStackTrace(error);
      // After a sent statement has failed all others fail too, but only the first says why and what to do.
      throw this.failure ?? error;
    }
  }

  /** Runs one statement whose answer nobody needs: when it fails, the commit fails with its error. */
  send(text: string, values: readonly unknown[] = []): void {
    void this.ask(text, values);
  }

  /** PLAN_ONCE where no statement of one's own locks; it travels with what is asked next. */
  planOnce(): void {
    this.send(`SELECT ${PLAN_ONCE}`);
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

  /** Keeps everything, or throws the first error of a statement that failed, waited for or not. */
  async commit(): Promise<void> {
    const committed = this.ask('COMMIT', []);
    this.ended = true;
    const { command } = await committed.catch((error: unknown) => {
      throw this.failure ?? error;
    });
    // An aborted transaction answers COMMIT with a rollback and no error of its own.
    if (this.failure !== undefined) throw this.failure as Error;
    if (command !== 'COMMIT') throw new Error(`a commit was answered with ${command}; nothing was kept`);
  }

  async rollback(): Promise<void> {
    this.ended = true;
    await this.put('ROLLBACK', []);
  }

  /** Takes note of a failure that belongs to no statement, such as the end of the connection. */
  fail(error: unknown): void {
    this.failure ??= error;
  }

  private ask<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<Answer<Row>> {
    if (this.ended)
      throw new TransactionEndedError('a statement came after the end of its transaction; await all of them');
    return this.put(text, values);
  }

  private put<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<Answer<Row>> {
    const ask = new Ask<Row>(text, values);
    ask.answer.catch((error: unknown) => {
      this.fail(error);
    });
    // Held back until the code that is asking now has asked for all it can.
    if (this.waiting.length === 0) process.nextTick(() => this.goOut());
    this.waiting.push(ask as unknown as Ask);
    return ask.answer;
  }

  private goOut(): void {
    const batch = new Batch(this.waiting);
    this.waiting = [];
    this.client.query(batch);
  }
}
