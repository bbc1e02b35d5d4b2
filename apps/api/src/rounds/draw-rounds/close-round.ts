import { Inject, Injectable } from '@nestjs/common';
import { requestsDigest } from '@touchmark/rounds';
import { Transactions } from '../../platform/database/index.js';
import { EntriesRepository } from '../entries.repository.js';
import { RoundsRepository } from '../rounds.repository.js';

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
      if (round?.state !== 'open' || round.deadlineAt > (await tx.now())) return { kind: 'NotDue' };
      this.rounds.fix(tx, coopId, round);
      const requests = await this.entries.entrants(tx, coopId, id);
      this.rounds.close(tx, coopId, id, requestsDigest(requests));
      return { kind: 'RoundClosed' };
    });
    return outcome.kind === 'RoundClosed';
  }
}
