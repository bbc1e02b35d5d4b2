import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import { Cells, OpenedHours, type OpenedPlace, type OpeningsWatch } from '../../workshops/index.js';
import { CellClaims } from '../claims/cell-claims.js';
import { FreedWindows } from '../claims/freed-windows.js';
import { WaitingEntriesRepository } from './waiting-entries.repository.js';

/** Offers what longer hours or a lifted closure open to those who wait, in the transaction that opens it. */
@Injectable()
export class ServeOpened implements OpeningsWatch {
  constructor(
    @Inject(Cells) private readonly cells: Cells,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
    @Inject(WaitingEntriesRepository) private readonly entries: WaitingEntriesRepository,
    @Inject(OpenedHours) opened: OpenedHours,
  ) {
    opened.watchedBy(this);
  }

  async around<Done>(tx: Transaction, place: OpenedPlace, change: () => Promise<Done>): Promise<Done> {
    const { coopId } = place;
    // All of them, so that nobody joins a queue by the old hours while the new ones come.
    const cellIds = await this.claims.lock(tx, coopId, await this.cells.idsIn(tx, place), []);
    const done = await change();
    const waitedFor = await this.entries.cellsWaitedFor(tx, coopId, cellIds);
    if (waitedFor.length === 0) return done;
    const now = await tx.now();
    for (const cellId of waitedFor) {
      const cell = await this.claims.loadAhead(tx, coopId, cellId, now);
      if (cell === null) throw new Error(`cell ${cellId} is gone although it is locked`);
      await this.claims.lapse(tx, cell);
      await this.freed.settle(tx, cell);
    }
    return done;
  }
}
