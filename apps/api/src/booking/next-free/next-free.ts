import { Inject, Injectable } from '@nestjs/common';
import { MINUTE_MS } from '@touchmark/calendar';
import { Transactions, type Transaction } from '../../platform/database/index.js';
import { isUuid } from '../../platform/graphql/index.js';
import { BookingsRepository } from '../bookings.repository.js';
import { CellClaims } from '../claims/cell-claims.js';
import type { SlotAlternative } from '../hold-slot/hold-slot.types.js';
import { alternativesTo } from '../hold-slot/refusals.js';

/** What is looked for. */
export interface NextFreeQuestion {
  readonly coopId: string;
  readonly cellId: string;
  readonly stationId: string | null;
  readonly minutes: number;
  readonly family: string | null;
  readonly notBefore: Date | null;
  readonly limit: number;
}

interface Found {
  readonly kind: 'Found';
  readonly alternatives: SlotAlternative[];
}

/** The next windows of a length that a setup family could have on a cell; nothing is locked. */
@Injectable()
export class NextFree {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
  ) {}

  async run(question: NextFreeQuestion): Promise<SlotAlternative[]> {
    const { coopId, cellId, stationId } = question;
    if (![coopId, cellId, stationId ?? coopId].every(isUuid)) return [];
    const work = (tx: Transaction): Promise<Found> => this.find(tx, question);
    return (await this.transactions.run<never, Found>([], work)).alternatives;
  }

  private async find(tx: Transaction, question: NextFreeQuestion): Promise<Found> {
    const { coopId, cellId, stationId, minutes, limit } = question;
    const cell = await this.claims.loadAhead(tx, coopId, cellId, await this.bookings.time(tx));
    const family = cell?.familyOf(question.family);
    const known = stationId === null || cell?.stations.some(({ id }) => id === stationId) === true;
    if (cell === null || family === undefined || !known) return { kind: 'Found', alternatives: [] };
    const fromAt = (question.notBefore ?? cell.now).getTime();
    const window = { fromAt, toAt: fromAt + minutes * MINUTE_MS };
    return {
      kind: 'Found',
      alternatives: alternativesTo({ window, family, stationId }, cell, limit, stationId),
    };
  }
}
