import { Inject, Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { Database } from './database.js';
import { Transaction } from './transaction.js';

const ATTEMPTS = 3;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';

function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** True when PostgreSQL asks for the whole transaction again (serialization failure or deadlock). */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  return state === SERIALIZATION_FAILURE || state === DEADLOCK;
}

/** The name of the violated constraint, when `error` is a constraint violation (SQLSTATE class 23). */
export function violatedConstraint(error: unknown): string | undefined {
  if (sqlState(error)?.startsWith('23') !== true) return undefined;
  const constraint = (error as { constraint?: unknown }).constraint;
  return typeof constraint === 'string' ? constraint : undefined;
}

/** Runs writing use cases: accepted outcomes commit, every other outcome and every throw rolls back. */
@Injectable()
export class Transactions {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Runs `work` in one READ COMMITTED transaction and commits only when the kind of its outcome is in `accepted`.
   * A deadlock or serialization failure re-runs the whole of it, three attempts, then TRY_AGAIN.
   */
  async run<const Kind extends string, Outcome extends { readonly kind: string }>(
    accepted: readonly Kind[],
    work: (tx: Transaction) => Promise<Outcome>,
  ): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(accepted, work);
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (attempt >= ATTEMPTS)
          throw new GraphQLError(
            'The database was too busy with the same rows. Nothing was changed; try again.',
            {
              extensions: { code: 'TRY_AGAIN' },
              originalError: error as Error,
            },
          );
      }
    }
  }

  private async once<Outcome extends { readonly kind: string }>(
    accepted: readonly string[],
    work: (tx: Transaction) => Promise<Outcome>,
  ): Promise<Outcome> {
    const client = await this.database.pool.connect();
    let broken = false;
    const tx = Transaction.begin(client);
    // The pool only listens to connections that nobody uses; one that is lost here must not end the process.
    const lost = (error: unknown): void => {
      broken = true;
      tx.fail(error);
    };
    client.on('error', lost);
    try {
      try {
        const outcome = await work(tx);
        if (accepted.includes(outcome.kind)) await tx.commit();
        else await tx.rollback();
        return outcome;
      } catch (error) {
        // A connection that cannot even roll back is not given to anybody else.
        await tx.rollback().catch(() => {
          broken = true;
        });
        throw error;
      }
    } finally {
      client.release(broken);
      client.removeListener('error', lost);
    }
  }
}
