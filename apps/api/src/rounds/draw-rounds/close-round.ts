import { Inject, Injectable } from '@nestjs/common';
import { requestsDigest } from '@touchmark/rounds';
import { Transactions } from '../../platform/database/index.js';
import { EntriesRepository } from '../entries.repository.js';
import { RoundsRepository } from '../rounds.repository.js';
import { quotaGaps } from './quota-gaps.js';

type CloseOutcome = { readonly kind: 'RoundClosed' } | { readonly kind: 'NotDue' };

/** Fixes the requests of a round whose deadline is over, and publishes their digest before the block is known. */
@Injectable()
export class CloseRound {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(RoundsRepository) private readonly rounds: RoundsRepository,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
  ) {}

  /** True when this call closed it; closing it again changes nothing. */
  async run(coopId: string, id: string): Promise<boolean> {
    const outcome = await this.transactions.run<'RoundClosed', CloseOutcome>(['RoundClosed'], async (tx) => {
      const round = await this.rounds.lock(tx, coopId, id);
      if (round?.state !== 'open') return { kind: 'NotDue' };
      const now = await tx.now();
      if (round.deadlineAt > now) return { kind: 'NotDue' };
      this.rounds.fix(tx, coopId, round);
      // Before anybody knows the block: whoever runs the round cannot use a quota to steer the draw.
      const allowed = await this.entries.allowed(tx, coopId, id);
      const beyond = allowed.map((row) => ({
        accountId: row.accountId,
        gaps: quotaGaps(row, now.getTime()),
      }));
      this.entries.fixQuotas(
        tx,
        coopId,
        id,
        beyond.filter(({ gaps }) => gaps.length > 0),
      );
      const requests = await this.entries.entrants(tx, coopId, id);
      this.rounds.close(tx, coopId, id, requestsDigest(requests));
      return { kind: 'RoundClosed' };
    });
    return outcome.kind === 'RoundClosed';
  }
}
