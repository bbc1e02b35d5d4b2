import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import { Cells, ChangedHours, type ChangedPlace, type HoursWatch } from '../../workshops/index.js';
import { CellClaims } from './cell-claims.js';
import { FreedWindows } from './freed-windows.js';

/**
 * Brings the claims of all stations in line with hours and closures that change, and offers what has opened to those who
 * wait, in the transaction that changes them.
 */
@Injectable()
export class FollowHours implements HoursWatch {
  constructor(
    @Inject(Cells) private readonly cells: Cells,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
    @Inject(ChangedHours) hours: ChangedHours,
  ) {
    hours.watchedBy(this);
  }

  async around<Done>(tx: Transaction, place: ChangedPlace, change: () => Promise<Done>): Promise<Done> {
    const { coopId } = place;
    // All of them, so that nobody joins a queue by the old hours while the new ones come.
    const cellIds = await this.claims.lock(tx, coopId, await this.cells.idsIn(tx, place), []);
    const done = await change();
    const now = await tx.now();
    for (const cellId of cellIds) {
      const cell = await this.claims.loadAhead(tx, coopId, cellId, now);
      if (cell === null) throw new Error(`cell ${cellId} is gone although it is locked`);
      await this.claims.lapse(tx, cell);
      for (const { id } of cell.stations) this.claims.relink(tx, cell, id);
      await this.freed.settle(tx, cell);
    }
    return done;
  }
}
