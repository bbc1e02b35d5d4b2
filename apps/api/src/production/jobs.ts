import { Inject, Injectable } from '@nestjs/common';
import { Jobs } from '../platform/jobs/index.js';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { Key } from './runs.repository.js';

/** A job that failed and would be tried again later than this is put in anew: stuck work resumes within 10 s. */
export const OVERDUE_SECONDS = 10;

const TRY_AGAIN_MS = 15_000;

/** The outbox of production: each task with its payload and its key, so that a thing has one waiting job. */
@Injectable()
export class ProductionJobs {
  constructor(@Inject(Jobs) private readonly jobs: Jobs) {}

  /** Make the run of a locked drop. */
  async startRun(q: Queryable, drop: Key): Promise<void> {
    const payload = { coopId: drop.coopId, dropId: drop.id };
    await this.jobs.enqueue(q, 'start_run', payload, { key: `start_run:${drop.id}` });
  }

  /** Find a lot its place on the machines. */
  async planLot(q: Transaction | Queryable, lot: Key): Promise<void> {
    await this.jobs.enqueue(q, 'plan_lot', planPayload(lot), { key: `plan_lot:${lot.id}` });
  }

  /** Look again in a while, because the machines have no room now; by the machine's clock, like any timeout. */
  async planLotLater(q: Queryable, lot: Key): Promise<void> {
    const runAt = new Date(Date.now() + TRY_AGAIN_MS);
    await this.jobs.enqueue(q, 'plan_lot', planPayload(lot), { key: `plan_lot:${lot.id}`, runAt });
  }

  /** Issue the certificate of a passed unit; certificates handle it. */
  async issueCertificate(tx: Transaction, unit: Key): Promise<void> {
    const payload = { coopId: unit.coopId, unitId: unit.id };
    await this.jobs.enqueue(tx, 'issue_certificate', payload, { key: `issue_certificate:${unit.id}` });
  }

  /** Close an edition on chain at what was made; certificates handle it. */
  async closeEdition(tx: Transaction, coopId: string, editionId: string): Promise<void> {
    await this.jobs.enqueue(
      tx,
      'close_edition',
      { coopId, editionId },
      { key: `close_edition:${editionId}` },
    );
  }
}

function planPayload({ coopId, id }: Key): { coopId: string; lotId: string } {
  return { coopId, lotId: id };
}

/** A text of a job's payload; throws when it is not there, because a job without it can never be done. */
export function payloadText(payload: Readonly<Record<string, unknown>>, name: string): string {
  const text = payload[name];
  if (typeof text !== 'string') throw new Error(`the job names no ${name}`);
  return text;
}
