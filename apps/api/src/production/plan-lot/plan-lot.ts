import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { BookOperations } from '../../booking/index.js';
import { Database, Transactions, type Transaction } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { OVERDUE_SECONDS, ProductionJobs, payloadText } from '../jobs.js';
import { LotsRepository } from '../lots.repository.js';
import type { Key } from '../runs.repository.js';

const HORIZON_DAYS = 60;
const DAY_MS = 86_400_000;

export type PlanLotOutcome =
  | { readonly kind: 'LotPlanned'; readonly endsAt: Date }
  | { readonly kind: 'NoCapacity'; readonly position: number; readonly cellKind: string }
  | { readonly kind: 'AlreadyPlanned' };

/** The job that books the operations of a lot on cells, in recipe order and as early as can be. */
@Injectable()
export class PlanLot {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(BookOperations) private readonly bookOperations: BookOperations,
    @Inject(LotsRepository) private readonly lots: LotsRepository,
    @Inject(ProductionJobs) private readonly productionJobs: ProductionJobs,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle('plan_lot', async (payload) => {
      await this.run({ coopId: payloadText(payload, 'coopId'), id: payloadText(payload, 'lotId') });
    });
    jobs.sweep({ name: 'plan forgotten lots', run: () => this.planForgotten() });
  }

  /** A lot that finds no room is left as it is and looked at again in a while. */
  async run(lot: Key): Promise<PlanLotOutcome> {
    const now = await this.database.now();
    const outcome = await this.transactions.run(['LotPlanned'], (tx) => this.plan(tx, lot, now));
    if (outcome.kind === 'NoCapacity') {
      const { position, cellKind } = outcome;
      this.logger.warn({ lotId: lot.id, position, cellKind }, 'the machines have no room for a lot');
      await this.productionJobs.planLotLater(this.database, lot);
    }
    return outcome;
  }

  private async plan(tx: Transaction, lot: Key, notBefore: Date): Promise<PlanLotOutcome> {
    const known = await this.lots.load(tx, lot);
    if (known === null) throw new Error(`lot ${lot.id} does not exist`);
    if (known.plannedAt !== null) return { kind: 'AlreadyPlanned' };
    const { coopId } = lot;
    const operations = (await this.lots.operationsOf(tx, [lot])).map((operation) => ({
      ...operation,
      runOperationId: operation.id,
    }));
    const horizon = new Date(notBefore.getTime() + HORIZON_DAYS * DAY_MS);
    const booked = await this.bookOperations.book(tx, { coopId, notBefore, horizon, operations }, () =>
      tx.lock('run', coopId, [known.runId]),
    );
    if (booked.kind === 'NoCapacity') return booked;
    // Two workers take the cells one after the other; the second finds the lot planned and undoes what it booked.
    if (!(await this.lots.setPlanned(tx, lot, await tx.now()))) return { kind: 'AlreadyPlanned' };
    return { kind: 'LotPlanned', endsAt: booked.endsAt };
  }

  private async planForgotten(): Promise<number> {
    const forgotten = await this.lots.forgotten(this.database, OVERDUE_SECONDS);
    for (const lot of forgotten) await this.productionJobs.planLot(this.database, lot);
    return forgotten.length;
  }
}
