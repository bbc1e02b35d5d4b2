import { Inject, Injectable } from '@nestjs/common';
import { Database, Transactions } from '../../../platform/database/index.js';
import { Jobs } from '../../../platform/jobs/index.js';
import { CellClaims } from '../../claims/cell-claims.js';
import { FreedWindows } from '../../claims/freed-windows.js';
import { WaitingEntriesRepository } from '../waiting-entries.repository.js';

const BATCH = 100;
const LOOK_EVERY_MINUTES = 1;

interface Served {
  readonly kind: 'Served';
}

/**
 * Looks over queues whose cell has changed by no claim: longer hours, a closure lifted, a member who can take a hold
 * again. Writes down what became of offers and of wishes whose time is over.
 */
@Injectable()
export class ServeQueues {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
    @Inject(WaitingEntriesRepository) private readonly entries: WaitingEntriesRepository,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'serve-queues', run: () => this.run() });
  }

  /** Returns how many entries were tidied and how many cells looked at. */
  async run(): Promise<number> {
    const tidied = await this.entries.tidy(this.database, BATCH);
    const cells = await this.entries.cellsToLookAt(this.database, LOOK_EVERY_MINUTES, BATCH);
    for (const { coopId, cellId } of cells) await this.serve(coopId, cellId);
    return tidied + cells.length;
  }

  private async serve(coopId: string, cellId: string): Promise<void> {
    await this.transactions.run<'Served', Served>(['Served'], async (tx) => {
      await this.claims.lock(tx, coopId, [cellId], []);
      const cell = await this.claims.loadAhead(tx, coopId, cellId, await tx.now());
      if (cell === null) throw new Error(`cell ${cellId} is gone although somebody waits for it`);
      await this.claims.lapse(tx, cell);
      await this.freed.settle(tx, cell);
      return { kind: 'Served' };
    });
  }
}
