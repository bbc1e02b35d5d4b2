import { Inject, Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { EditionType } from './catalog.types.js';
import { EditionsRepository } from './editions.repository.js';
import type { WorkKey } from './works.repository.js';

/** What other features may ask about editions. */
@Injectable()
export class Editions {
  constructor(@Inject(EditionsRepository) private readonly editions: EditionsRepository) {}

  /** The edition; null when the co-op has none such. */
  async load(q: Queryable, coopId: string, editionId: string): Promise<EditionType | null> {
    const [edition] = await this.editions.byKeys(q, [{ coopId, id: editionId }]);
    return edition ?? null;
  }

  async byKeys(q: Queryable, keys: readonly WorkKey[]): Promise<EditionType[]> {
    return this.editions.byKeys(q, keys);
  }

  /** The edition that a printed GTIN (14 digits) belongs to, of whichever co-op. */
  async byGtin(q: Queryable, gtin: string): Promise<{ coopId: string; editionId: string } | null> {
    return this.editions.byGtin(q, gtin);
  }

  /** Gives the next serial, from 1; the caller has locked the edition (level `edition`). */
  async takeSerial(tx: Transaction, coopId: string, editionId: string): Promise<number> {
    return this.editions.takeSerial(tx, coopId, editionId);
  }
}
