import { Inject, Injectable } from '@nestjs/common';
import { asGtin14, isGtin } from '@touchmark/certificates';
import { Editions } from '../catalog/index.js';
import { Database } from '../platform/database/index.js';

/** One piece: its place among those of an edition. */
export interface Piece {
  readonly coopId: string;
  readonly editionId: string;
  readonly serial: number;
}

/** Finds the piece of a printed number. */
@Injectable()
export class Pieces {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) private readonly editions: Editions,
  ) {}

  /** Null when no piece with this number was made here. */
  async find(gtin: string, serial: number): Promise<Piece | null> {
    if (!isGtin(gtin)) return null;
    const place = await this.editions.byGtin(this.database, asGtin14(gtin));
    const edition = place && (await this.editions.load(this.database, place.coopId, place.editionId));
    if (edition === null || serial < 1 || serial >= edition.nextSerial) return null;
    return { coopId: edition.coopId, editionId: edition.id, serial };
  }
}
