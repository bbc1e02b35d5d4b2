import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../../../platform/database/index.js';
import { Jobs } from '../../../platform/jobs/index.js';
import { LOGGER } from '../../../platform/telemetry/logger.js';
import { LapseHolds } from '../../lapse-holds/lapse-holds.js';
import { WaitingEntriesRepository } from '../waiting-entries.repository.js';

const BATCH = 100;
const LOOK_EVERY_MINUTES = 1;

/**
 * Looks over queues whose cell has changed by no claim: longer hours, a closure lifted, a member who can take a hold
 * again. Writes down what became of offers and of wishes whose time is over.
 */
@Injectable()
export class ServeQueues {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LapseHolds) private readonly lapseHolds: LapseHolds,
    @Inject(WaitingEntriesRepository) private readonly entries: WaitingEntriesRepository,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'serve-queues', run: () => this.run() });
  }

  /** Returns how many entries were tidied and how many cells looked at. A broken cell stops no other. */
  async run(): Promise<number> {
    const tidied = await this.entries.tidy(this.database, BATCH);
    const cells = await this.entries.cellsToLookAt(this.database, LOOK_EVERY_MINUTES, BATCH);
    for (const { coopId, cellId } of cells) await this.serve(coopId, cellId);
    return tidied + cells.length;
  }

  private async serve(coopId: string, cellId: string): Promise<void> {
    try {
      await this.lapseHolds.settle(coopId, cellId);
    } catch (err) {
      this.logger.error({ err, cellId }, 'the queue of a cell was not served; it is tried again');
      // Behind all others, or the same broken ones would be looked at for ever.
      await this.entries.passOver(this.database, coopId, cellId);
    }
  }
}
