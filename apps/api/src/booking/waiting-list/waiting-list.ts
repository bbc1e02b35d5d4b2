import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import type { LockedCell } from '../claims/locked-cell.js';
import { FreedWindows } from '../claims/freed-windows.js';
import { GiveOffers } from './give-offers.js';
import { WaitingEntriesRepository, waitingSql } from './waiting-entries.repository.js';

/** Offers what becomes free to those who wait for it, in their order. */
@Injectable()
export class WaitingList extends FreedWindows {
  constructor(
    @Inject(WaitingEntriesRepository) private readonly entries: WaitingEntriesRepository,
    @Inject(ModuleRef) private readonly modules: ModuleRef,
  ) {
    super();
  }

  override waitingSql(coopId: string, cellId: string): string {
    return waitingSql(coopId, cellId);
  }

  override waiters(q: Queryable, coopId: string, cellIds: readonly string[]): Promise<string[]> {
    return cellIds.length === 0 ? Promise.resolve([]) : this.entries.membersWaiting(q, coopId, cellIds);
  }

  override async settle(tx: Transaction, cell: LockedCell, goOn = false): Promise<boolean> {
    if (!cell.facts.waiting) return true;
    // Giving a hold takes CellClaims, which itself settles by way of this: looked up, because neither can come first.
    return this.modules.get(GiveOffers, { strict: false }).run(tx, cell, goOn);
  }
}
