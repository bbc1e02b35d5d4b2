import { Inject, Injectable } from '@nestjs/common';
import { Transactions, type Transaction } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { TakeHold } from '../hold-slot/take-hold.js';
import { CellForMember, type MemberRequest } from '../terms/cell-for-member.js';
import { PriceExplained, type ExplainPriceOutcome } from './explain-price.types.js';

/** What is asked about. */
export interface PriceQuestion extends MemberRequest {
  readonly family: string | null;
  readonly useCredits: boolean;
}

/** Says what a window would cost this member, and why, by the very decision of a hold; nothing is locked or kept. */
@Injectable()
export class ExplainPrice {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CellForMember) private readonly cells: CellForMember,
    @Inject(TakeHold) private readonly take: TakeHold,
  ) {}

  async run(question: PriceQuestion): Promise<ExplainPriceOutcome> {
    const { coopId, cellId, stationId } = question;
    if (!isUuid(coopId) || !isUuid(cellId)) return new NotFound('cell');
    if (stationId !== null && !isUuid(stationId)) return new NotFound('station');
    // No outcome is kept: reading is all that happens.
    return this.transactions.run<never, ExplainPriceOutcome>([], (tx) => this.explain(tx, question));
  }

  private async explain(tx: Transaction, question: PriceQuestion): Promise<ExplainPriceOutcome> {
    tx.planOnce();
    const found = await this.cells.load(tx, question);
    if (found === null) return new NotFound('cell');
    if (found.cell.stations.length === 0)
      return new NotFound(question.stationId === null ? 'cell' : 'station');
    const agreed = await this.take.decide(tx, question, question, found);
    if (agreed.kind !== 'Agreed') return agreed;
    const { placement, because } = agreed.decision;
    return new PriceExplained({
      ...{ stationId: placement.stationId, because, changeoverMinutes: placement.changeover.minutes },
      ...{ lines: agreed.terms.priceLines, totalMinor: agreed.terms.priceMinor },
      currency: found.cell.facts.currency,
    });
  }
}
