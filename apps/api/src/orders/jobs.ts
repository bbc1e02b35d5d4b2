import { Inject, Injectable } from '@nestjs/common';
import { Jobs } from '../platform/jobs/index.js';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { Key } from './drops.repository.js';

/** A job that failed and would be tried again later than this is put in anew: stuck work resumes within 10 s. */
export const OVERDUE_SECONDS = 10;

const ASK_AGAIN_MS = 30_000;

/** The outbox of orders: each task with its payload and its key, so that a thing has one waiting job. */
@Injectable()
export class OrderJobs {
  constructor(@Inject(Jobs) private readonly jobs: Jobs) {}

  /** Ask the provider for the money. */
  async capturePayments(q: Transaction | Queryable, payments: readonly Key[]): Promise<void> {
    await this.enqueueAll(q, 'capture_payment', payments);
  }

  /** Ask again how a pending charge stands, in case its callback is lost; by the machine's clock, like any timeout. */
  async askAgain(q: Transaction | Queryable, payment: Key): Promise<void> {
    const { coopId, id } = payment;
    const runAt = new Date(Date.now() + ASK_AGAIN_MS);
    await this.jobs.enqueue(q, 'capture_payment', { coopId, id }, { key: `capture_payment:${id}`, runAt });
  }

  /** Send decided refunds. */
  async sendRefunds(q: Transaction | Queryable, refunds: readonly Key[]): Promise<void> {
    await this.enqueueAll(q, 'send_refund', refunds);
  }

  /** Turn the paid orders of closed drops into sales or refunds. */
  async settleDrops(q: Transaction | Queryable, drops: readonly Key[]): Promise<void> {
    await this.enqueueAll(q, 'settle_drop', drops);
  }

  /** Start the run of a drop whose orders are all kept; production handles it. */
  async startRun(tx: Transaction, drop: Key): Promise<void> {
    const payload = { coopId: drop.coopId, dropId: drop.id };
    await this.jobs.enqueue(tx, 'start_run', payload, { key: `start_run:${drop.id}` });
  }

  private async enqueueAll(q: Transaction | Queryable, task: string, things: readonly Key[]): Promise<void> {
    const jobs = things.map(({ coopId, id }) => ({ payload: { coopId, id }, key: `${task}:${id}` }));
    await this.jobs.enqueueAll(q, task, jobs);
  }
}

/** The key of the thing that a job of ours is about. */
export function keyOfJob(payload: Readonly<Record<string, unknown>>): Key {
  const { coopId, id } = payload;
  if (typeof coopId !== 'string' || typeof id !== 'string') throw new Error('the job names no co-op and id');
  return { coopId, id };
}
