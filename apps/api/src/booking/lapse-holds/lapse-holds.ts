import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database, Transactions } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { BookingsRepository } from '../bookings.repository.js';
import { CellClaims } from '../claims/cell-claims.js';
import { FreedWindows } from '../claims/freed-windows.js';

const BATCH = 100;

interface Settled {
  readonly kind: 'Settled';
  readonly ended: number;
}

/** Ends holds whose time is over, cell by cell, and offers what they leave to those who wait for it. */
@Injectable()
export class LapseHolds {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
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
      const cells = await this.bookings.cellsWithDead(this.database, BATCH, broken);
      for (const { coopId, cellId } of cells) {
        try {
          ended += await this.settle(coopId, cellId);
        } catch (err) {
          this.logger.error({ err, cellId }, 'the dead holds of a cell were not ended; they are tried again');
          broken.push(cellId);
        }
      }
      if (ended + broken.length === before) return ended;
    }
  }

  /** Ends the dead holds of a cell and serves its queue, in one transaction; returns how many holds. */
  async settle(coopId: string, cellId: string): Promise<number> {
    const { ended } = await this.transactions.run<'Settled', Settled>(['Settled'], async (tx) => {
      await this.claims.lock(tx, coopId, [cellId], []);
      const oldest = await this.bookings.oldestDead(tx, coopId, cellId);
      if (oldest === undefined) throw new Error('an aggregate returned no row');
      const { fromAt, now } = oldest;
      const cell = await this.claims.loadAhead(tx, coopId, cellId, fromAt, now);
      if (cell === null) return { kind: 'Settled', ended: 0 };
      const dead = cell.stations.reduce((sum, station) => sum + station.dead.length, 0);
      await this.claims.lapse(tx, cell);
      await this.freed.settle(tx, cell);
      return { kind: 'Settled', ended: dead };
    });
    return ended;
  }
}
