import { Inject, Injectable } from '@nestjs/common';
import { Database, Transactions } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
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
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'lapse-holds', run: () => this.run() });
  }

  /** Ends all dead holds, the cells with the oldest first; returns how many holds. */
  async run(): Promise<number> {
    let ended = 0;
    for (;;) {
      const cells = await this.bookings.cellsWithDead(this.database, BATCH);
      for (const { coopId, cellId } of cells) ended += await this.settle(coopId, cellId);
      if (cells.length < BATCH) return ended;
    }
  }

  /** Ends the dead holds of a cell and serves its queue, in one transaction; returns how many holds. */
  async settle(coopId: string, cellId: string): Promise<number> {
    const { ended } = await this.transactions.run<'Settled', Settled>(['Settled'], async (tx) => {
      const [found] = await this.claims.lock(tx, coopId, [cellId], []);
      const oldest = found === undefined ? null : await this.bookings.oldestDead(tx, coopId, cellId);
      if (oldest === null) return { kind: 'Settled', ended: 0 };
      const cell = await this.claims.loadAhead(tx, coopId, cellId, oldest);
      if (cell === null) return { kind: 'Settled', ended: 0 };
      const dead = cell.stations.reduce((sum, station) => sum + station.dead.length, 0);
      await this.claims.lapse(tx, cell);
      await this.freed.settle(tx, cell);
      return { kind: 'Settled', ended: dead };
    });
    return ended;
  }
}
