import { Inject, Injectable } from '@nestjs/common';
import { batchesOfUnits, stepsOfLot } from '@touchmark/production';
import { Editions, Recipes } from '../../catalog/index.js';
import { KeptOrders } from '../../orders/index.js';
import { Database, Transactions, newId, type Transaction } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { OVERDUE_SECONDS, ProductionJobs, payloadText } from '../jobs.js';
import { LotsRepository } from '../lots.repository.js';
import { RunsRepository } from '../runs.repository.js';
import { UnitsRepository } from '../units.repository.js';

/** Units per statement, give or take one order. */
const UNITS_AT_ONCE = 10_000;

/** A drop that closed with its minimum met. */
export interface LockedDrop {
  readonly coopId: string;
  readonly dropId: string;
}

export type StartRunOutcome =
  | { readonly kind: 'RunStarted'; readonly runId: string }
  | { readonly kind: 'RunExists' }
  | { readonly kind: 'NothingOrdered' };

/** The job that makes the run of a locked drop: lot 1 with its operations, and one unit for each ordered piece. */
@Injectable()
export class StartRun {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(KeptOrders) private readonly keptOrders: KeptOrders,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Recipes) private readonly recipes: Recipes,
    @Inject(RunsRepository) private readonly runs: RunsRepository,
    @Inject(LotsRepository) private readonly lots: LotsRepository,
    @Inject(UnitsRepository) private readonly units: UnitsRepository,
    @Inject(ProductionJobs) private readonly productionJobs: ProductionJobs,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle('start_run', async (payload) => {
      await this.run({ coopId: payloadText(payload, 'coopId'), dropId: payloadText(payload, 'dropId') });
    });
    jobs.sweep({ name: 'start forgotten runs', run: () => this.startForgotten() });
  }

  /** A second time changes nothing: a drop has one run. */
  run(drop: LockedDrop): Promise<StartRunOutcome> {
    return this.transactions.run(['RunStarted'], (tx) => this.start(tx, drop));
  }

  private async start(tx: Transaction, { coopId, dropId }: LockedDrop): Promise<StartRunOutcome> {
    const kept = await this.keptOrders.sumOf(tx, coopId, dropId);
    if (kept === null) return { kind: 'NothingOrdered' };
    const { editionId, quantity } = kept;
    const edition = await this.editions.load(tx, coopId, editionId);
    if (edition === null) throw new Error(`edition ${editionId} of drop ${dropId} does not exist`);
    const [runId, lotId] = [newId(), newId()];
    const lockedAt = await tx.now();
    const run = { coopId, id: runId, editionId, dropId, quantity, lockedAt };
    if (!(await this.runs.insert(tx, { ...run, state: 'locked', finishedAt: null })))
      return { kind: 'RunExists' };
    const steps = stepsOfLot(await this.recipes.ofWork(tx, coopId, edition.workId), quantity);
    await this.lots.insert(tx, { coopId, id: lotId, runId, quantity }, steps);
    for await (const page of this.keptOrders.ofDrop(tx, coopId, dropId))
      for (const ordered of batchesOfUnits(page, UNITS_AT_ONCE))
        await this.units.insert(tx, { coopId, id: lotId, runId, editionId }, ordered);
    await this.productionJobs.planLot(tx, { coopId, id: lotId });
    return { kind: 'RunStarted', runId };
  }

  private async startForgotten(): Promise<number> {
    const forgotten = await this.runs.forgottenStarts(this.database, OVERDUE_SECONDS);
    for (const drop of forgotten) await this.productionJobs.startRun(this.database, drop);
    return forgotten.length;
  }
}
