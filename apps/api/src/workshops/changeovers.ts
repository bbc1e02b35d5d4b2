import { Inject, Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import { ChangeoversRepository, type CellSetup } from './changeovers.repository.js';

/** What other features may ask of setup families and changeovers. */
@Injectable()
export class Changeovers {
  constructor(@Inject(ChangeoversRepository) private readonly setups: ChangeoversRepository) {}

  /** What the stations of a cell can be set up for; null when there is no such cell. */
  async ofCell(q: Queryable, coopId: string, cellId: string): Promise<CellSetup | null> {
    const [setup] = await this.setups.ofCells(q, [{ coopId, id: cellId }]);
    return setup ?? null;
  }

  /** Puts families and matrix in the place of those before; the caller has locked the cell and decided. */
  replace(tx: Transaction, setup: CellSetup): Promise<void> {
    return this.setups.replace(tx, setup);
  }
}
