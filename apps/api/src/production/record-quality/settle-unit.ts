import { Inject, Injectable } from '@nestjs/common';
import { stepsOfLot, type Finding } from '@touchmark/production';
import { Editions, Recipes } from '../../catalog/index.js';
import { RefundUnit } from '../../orders/index.js';
import { newId, type Transaction } from '../../platform/database/index.js';
import { ProductionJobs } from '../jobs.js';
import { LotsRepository } from '../lots.repository.js';
import type { UnitType } from '../production.types.js';
import { RunsRepository } from '../runs.repository.js';
import { UnitsRepository } from '../units.repository.js';

/** What follows from an inspection; the caller has locked the unit's edition, order and run, in that order. */
@Injectable()
export class SettleUnit {
  constructor(
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Recipes) private readonly recipes: Recipes,
    @Inject(RefundUnit) private readonly refundUnit: RefundUnit,
    @Inject(RunsRepository) private readonly runs: RunsRepository,
    @Inject(LotsRepository) private readonly lots: LotsRepository,
    @Inject(UnitsRepository) private readonly units: UnitsRepository,
    @Inject(ProductionJobs) private readonly jobs: ProductionJobs,
  ) {}

  /** Passes the unit, or makes it again, or refunds it; finishes the run with its last unit. */
  async run(tx: Transaction, unit: UnitType, finding: Finding): Promise<UnitType> {
    const settled = await this.settle(tx, unit, finding);
    await this.finishWithLast(tx, unit);
    return settled;
  }

  private async settle(tx: Transaction, unit: UnitType, finding: Finding): Promise<UnitType> {
    switch (finding) {
      case 'pass':
        return this.pass(tx, unit);
      case 'remake':
        await this.makeAgain(tx, unit);
        return this.fail(tx, unit);
      case 'refund':
        // The refund takes the last locks, of the agreement and the ledger, so it comes before the time is read.
        await this.refundUnit.run(tx, { coopId: unit.coopId, orderId: unit.orderId, refundId: newId() });
        return this.fail(tx, unit);
      default:
        return finding satisfies never;
    }
  }

  private async pass(tx: Transaction, unit: UnitType): Promise<UnitType> {
    const serial = await this.editions.takeSerial(tx, unit.coopId, unit.editionId);
    await this.units.pass(tx, unit, serial);
    await this.jobs.issueCertificate(tx, unit);
    return { ...unit, state: 'passed', serial };
  }

  private async fail(tx: Transaction, unit: UnitType): Promise<UnitType> {
    await this.units.fail(tx, unit);
    return { ...unit, state: 'failed' };
  }

  private async makeAgain(tx: Transaction, { coopId, runId, editionId, orderId }: UnitType): Promise<void> {
    const edition = await this.editions.load(tx, coopId, editionId);
    if (edition === null) throw new Error(`edition ${editionId} of run ${runId} does not exist`);
    const lot = { coopId, id: newId(), runId, quantity: 1, editionId };
    await this.lots.insert(tx, lot, stepsOfLot(await this.recipes.ofWork(tx, coopId, edition.workId), 1));
    await this.units.insert(tx, lot, [{ orderId, quantity: 1 }]);
    await this.jobs.planLot(tx, lot);
  }

  private async finishWithLast(tx: Transaction, { coopId, runId, editionId }: UnitType): Promise<void> {
    const run = { coopId, id: runId };
    if (await this.units.anyPlanned(tx, run)) return;
    await this.runs.finish(tx, run, await tx.now());
    await this.jobs.closeEdition(tx, coopId, editionId);
  }
}
