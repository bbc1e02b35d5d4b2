import { createHash } from 'node:crypto';
import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
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
 * they are asked for, and go out at once: those that need no answer of each other share one round trip.
 */
export class Transaction implements Queryable {
  private readonly journal = new LockJournal();
  private time: Date | undefined;
  private corked = false;
  private ended = false;
  private failure: unknown;

  private constructor(private readonly client: PoolClient) {}

  /** Begins on a connection that pipelines; what is asked next travels with the BEGIN. */
  static begin(client: PoolClient): Transaction {
    const tx = new Transaction(client);
    tx.cork();
    tx.note(client.query('BEGIN'));
    return tx;
  }

  /** Runs one statement, prepared once per connection; `text` must be a constant, values go in `values`. */
  async query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = this.ask<Row>(text, values);
    try {
      return (await result).rows;
    } catch (error) {
      // After a sent statement has failed all others fail too, but only the first says why and what to do.
      throw this.failure ?? error;
    }
  }

  /** Runs one statement whose answer nobody needs: when it fails, the commit fails with its error. */
  send(text: string, values: readonly unknown[] = []): void {
    void this.ask(text, values);
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
    this.ended = true;
    const committed = this.client.query('COMMIT');
    this.note(committed);
    const { command } = await committed.catch((error: unknown) => {
      throw this.failure ?? error;
    });
    // An aborted transaction answers COMMIT with a rollback and no error of its own.
    if (this.failure !== undefined) throw this.failure as Error;
    if (command !== 'COMMIT') throw new Error(`a commit was answered with ${command}; nothing was kept`);
  }

  async rollback(): Promise<void> {
    this.ended = true;
    await this.client.query('ROLLBACK');
  }

  /** Takes note of a failure that belongs to no statement, such as the end of the connection. */
  fail(error: unknown): void {
    this.failure ??= error;
  }

  private ask<Row extends QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    if (this.ended)
      throw new TransactionEndedError('a statement came after the end of its transaction; await all of them');
    this.cork();
    const result = this.client.query<Row>({ name: statementName(text), text, values: [...values] });
    this.note(result);
    return result;
  }

  private note(result: Promise<QueryResult>): void {
    result.catch((error: unknown) => {
      this.fail(error);
    });
  }

  /** Holds the socket back until the code that is asking now has asked for all it can. */
  private cork(): void {
    if (this.corked) return;
    const { stream } = this.client.connection;
    this.corked = true;
    stream.cork();
    queueMicrotask(() => {
      this.corked = false;
      stream.uncork();
    });
  }
}
