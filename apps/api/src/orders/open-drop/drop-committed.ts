import { Inject, Injectable } from '@nestjs/common';
import { ChainCalls } from '../../chain/index.js';
import { Transactions, type Transaction } from '../../platform/database/index.js';
import { DropsRepository } from '../drops.repository.js';

/** Opens a drop once its edition is committed on chain. A second time changes nothing. */
@Injectable()
export class DropCommitted {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DropsRepository) private readonly drops: DropsRepository,
    @Inject(ChainCalls) calls: ChainCalls,
  ) {
    calls.onIncluded('open_edition', (tx, { coopId, subjectId }) => this.open(tx, coopId, subjectId));
  }

  /** Opens the drop in a transaction of its own. */
  async run({ coopId, dropId }: { readonly coopId: string; readonly dropId: string }): Promise<void> {
    await this.transactions.run(['DropOpened'], async (tx) => {
      const drop = await this.drops.load(tx, coopId, dropId);
      if (drop === null) return { kind: 'NoSuchDrop' as const };
      await this.open(tx, coopId, drop.editionId);
      return { kind: 'DropOpened' as const };
    });
  }

  private async open(tx: Transaction, coopId: string, editionId: string): Promise<void> {
    await tx.lock('edition', coopId, [editionId]);
    await this.drops.open(tx, coopId, editionId, await tx.now());
  }
}
