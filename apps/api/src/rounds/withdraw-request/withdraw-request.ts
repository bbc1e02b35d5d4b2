import { Inject, Injectable } from '@nestjs/common';
import { decideChange } from '@touchmark/rounds';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { EntriesRepository } from '../entries.repository.js';
import { RoundClosed } from '../request-slots/request-slots.types.js';
import { RoundsRepository } from '../rounds.repository.js';
import {
  SlotRequestWithdrawn,
  type WithdrawSlotRequestInput,
  type WithdrawSlotRequestOutcome,
} from './withdraw-request.types.js';

/** Takes a member's own request out of a round before its deadline. */
@Injectable()
export class WithdrawRequest {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(RoundsRepository) private readonly rounds: RoundsRepository,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
  ) {}

  async run(
    accountId: string,
    { coopId, roundId }: WithdrawSlotRequestInput,
  ): Promise<WithdrawSlotRequestOutcome> {
    if (!isUuid(coopId) || !isUuid(roundId)) return new NotFound('round');
    return this.transactions.run<'SlotRequestWithdrawn', WithdrawSlotRequestOutcome>(
      ['SlotRequestWithdrawn'],
      async (tx) => {
        const locked = await this.rounds.lock(tx, coopId, roundId);
        if (locked === null) return new NotFound('round');
        const { state, deadlineAt } = locked;
        const now = (await tx.now()).getTime();
        const decision = decideChange({ open: state === 'open', deadlineAt: deadlineAt.getTime(), now });
        if (decision.kind === 'RoundClosed') return new RoundClosed(decision.message);
        if (!(await this.entries.withdraw(tx, coopId, roundId, accountId))) return new NotFound('request');
        const round = await this.rounds.byId(tx, coopId, roundId);
        return round === null ? new NotFound('round') : new SlotRequestWithdrawn(round);
      },
    );
  }
}
