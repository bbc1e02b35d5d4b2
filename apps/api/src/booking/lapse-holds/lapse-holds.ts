import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database, Transactions } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { DeadHoldsRepository } from './dead-holds.repository.js';
import { CellClaims } from '../claims/cell-claims.js';
import { FreedWindows } from '../claims/freed-windows.js';

const BATCH = 100;

/** What became of a cell: how many holds were ended, and whether all who wait for it were come to. */
export interface Settled {
  readonly kind: 'Settled';
  readonly ended: number;
  readonly served: boolean;
}

/** Ends holds whose time is over, cell by cell, and offers what they leave to those who wait for it. */
@Injectable()
export class LapseHolds {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DeadHoldsRepository) private readonly deadHolds: DeadHoldsRepository,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'lapse-holds', run: () => this.run() });
  }

  /** Ends all dead holds, the cells with the oldest first; returns how many holds. A broken cell stops no other. */
  async run(): Promise<number> {
    let ended = 0;
    const broken: string[] = [];
    for (;;) {
      const before = ended + broken.length;
      const cells = await this.deadHolds.cellsWithDead(this.database, BATCH, broken);
      for (const { coopId, cellId } of cells) {
        try {
          ended += (await this.settle(coopId, cellId)).ended;
        } catch (err) {
          this.logger.error({ err, cellId }, 'the dead holds of a cell were not ended; they are tried again');
          broken.push(cellId);
        }
      }
      if (ended + broken.length === before) return ended;
    }
  }

  /** Ends the dead holds of a cell and serves its queue, or goes on serving it, in one transaction. */
  settle(coopId: string, cellId: string): Promise<Settled> {
    return this.transactions.run<'Settled', Settled>(['Settled'], async (tx) => {
      await this.claims.lock(tx, coopId, [cellId], []);
      const oldest = await this.deadHolds.oldestDead(tx, coopId, cellId);
      if (oldest === undefined) throw new Error('an aggregate returned no row');
      const { fromAt, now } = oldest;
      const cell = await this.claims.loadAhead(tx, coopId, cellId, fromAt, now);
      if (cell === null) return { kind: 'Settled', ended: 0, served: true };
      const dead = cell.stations.reduce((sum, station) => sum + station.dead.length, 0);
      await this.claims.lapse(tx, cell);
      // What a dead hold leaves is offered from the head of the queue on.
      const served = await this.freed.settle(tx, cell, dead === 0);
      return { kind: 'Settled', ended: dead, served };
    });
  }
}
