import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../database/transaction.js';

/** What a job handler is given: where it may stop waiting, and which attempt this is. */
export interface JobRun {
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly signal: AbortSignal | undefined;
}

export type JobHandler = (payload: Readonly<Record<string, unknown>>, run: JobRun) => Promise<void>;

/** Work over state that is due by the clock; runs every second and after each step of the clock; returns how many it did. */
export interface Sweep {
  readonly name: string;
  run(): Promise<number>;
}

export interface EnqueueOptions {
  /** One waiting job per key: enqueuing again replaces it. */
  readonly key?: string;
  /** Jobs of one queue run one after another. */
  readonly queue?: string;
  readonly runAt?: Date;
  readonly maxAttempts?: number;
}

/** The outbox and its handlers: what must happen outside a transaction is enqueued on the transaction's connection. */
@Injectable()
export class Jobs {
  readonly handlers = new Map<string, JobHandler>();
  readonly sweeps: Sweep[] = [];

  /** Names the handler of a task; each task has one. Called from a module's constructor. */
  handle(task: string, handler: JobHandler): void {
    if (this.handlers.has(task)) throw new Error(`the task ${task} has two handlers`);
    this.handlers.set(task, handler);
  }

  /** Adds a sweep. */
  sweep(sweep: Sweep): void {
    this.sweeps.push(sweep);
  }

  /** Enqueues one job of `task` for each of `jobs` in one statement, as `enqueue` does each of them. */
  async enqueueAll(
    tx: Transaction | Queryable,
    task: string,
    jobs: readonly { readonly payload: Readonly<Record<string, unknown>>; readonly key: string }[],
  ): Promise<void> {
    if (jobs.length === 0) return;
    await tx.query(
      `SELECT 1 FROM unnest($2::text[], $3::text[]) AS job (payload, key) CROSS JOIN LATERAL
         graphile_worker.add_job($1, payload := job.payload::json, job_key := job.key, max_attempts := 25)`,
      [task, jobs.map((job) => JSON.stringify(job.payload)), jobs.map((job) => job.key)],
    );
  }

  /** Enqueues `task` on the connection of `tx`: the job exists exactly when the transaction commits. */
  async enqueue(
    tx: Transaction | Queryable,
    task: string,
    payload: Readonly<Record<string, unknown>>,
    options: EnqueueOptions = {},
  ): Promise<void> {
    await tx.query(
      `SELECT 1 FROM graphile_worker.add_job($1, payload := $2::json, job_key := $3, queue_name := $4,
         run_at := $5::timestamptz, max_attempts := $6)`,
      [
        task,
        JSON.stringify(payload),
        options.key ?? null,
        options.queue ?? null,
        options.runAt ?? null,
        options.maxAttempts ?? 25,
      ],
    );
  }
}
