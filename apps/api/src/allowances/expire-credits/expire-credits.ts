import { Inject, Injectable } from '@nestjs/common';
import { Postings } from '../../payouts/index.js';
import { Database, Transactions } from '../../platform/database/index.js';
import { Jobs, eachByItself } from '../../platform/jobs/index.js';
import { CreditsRepository, type DueGrant } from '../credits.repository.js';

const BATCH = 100;

type CloseOutcome = { readonly kind: 'GrantClosed' } | { readonly kind: 'GrantStillHeld' };

/** Settles credits whose time is over: what nobody used of their price becomes revenue. */
@Injectable()
export class ExpireCredits {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CreditsRepository) private readonly credits: CreditsRepository,
    @Inject(Postings) private readonly postings: Postings,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'expire-credits', run: () => this.run() });
  }

  /** Settles what is due, one member at a time; returns how many grants. */
  async run(): Promise<number> {
    let closed = 0;
    await eachByItself(await this.credits.due(this.database, BATCH), async (grant) => {
      if (await this.settle(grant)) closed += 1;
    });
    return closed;
  }

  /** True when this call settled it. */
  private async settle(grant: DueGrant): Promise<boolean> {
    const { coopId, id: reference, accountId: partyId } = grant;
    const outcome = await this.transactions.run<'GrantClosed', CloseOutcome>(['GrantClosed'], async (tx) => {
      await this.credits.lockMember(tx, coopId, partyId);
      const rest = await this.credits.close(tx, coopId, reference);
      if (rest === null) return { kind: 'GrantStillHeld' };
      const { restMinor: amountMinor, currency } = rest;
      const of = { reference, partyId, amountMinor, currency };
      await this.postings.post(tx, coopId, [{ kind: 'credits_expired', ...of }]);
      return { kind: 'GrantClosed' };
    });
    return outcome.kind === 'GrantClosed';
  }
}
