import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { InductionsRepository } from '../inductions.repository.js';
import {
  InductionRevoked,
  type RevokeInductionInput,
  type RevokeInductionOutcome,
} from './revoke-induction.types.js';

/** Ends an induction at once, and once; what the member has booked already stays. */
@Injectable()
export class RevokeInduction {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(InductionsRepository) private readonly inductions: InductionsRepository,
  ) {}

  async run(
    revokedBy: string,
    { coopId, inductionId }: RevokeInductionInput,
  ): Promise<RevokeInductionOutcome> {
    if (!isUuid(inductionId)) return new NotFound('induction');
    return this.transactions.run<'InductionRevoked', RevokeInductionOutcome>(
      ['InductionRevoked'],
      async (tx) => {
        const induction = await this.inductions.revoke(tx, coopId, inductionId, revokedBy);
        return induction === null ? new NotFound('induction') : new InductionRevoked(induction);
      },
    );
  }
}
