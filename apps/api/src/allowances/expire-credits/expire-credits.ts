import { Inject, Injectable } from '@nestjs/common';
import { Postings } from '../../payouts/index.js';
import { Database, Transactions } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { CreditsRepository } from '../credits.repository.js';

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
    for (const grant of await this.credits.due(this.database, BATCH)) {
      const outcome = await this.transactions.run<'GrantClosed', CloseOutcome>(
        ['GrantClosed'],
        async (tx) => {
          await this.credits.lockMember(tx, grant.coopId, grant.accountId);
          const rest = await this.credits.close(tx, grant.coopId, grant.id);
          if (rest === null) return { kind: 'GrantStillHeld' };
          const { restMinor: amountMinor, currency } = rest;
          const of = { reference: grant.id, partyId: grant.accountId, amountMinor, currency };
          await this.postings.post(tx, grant.coopId, [{ kind: 'credits_expired', ...of }]);
          return { kind: 'GrantClosed' };
        },
      );
      if (outcome.kind === 'GrantClosed') closed += 1;
    }
    return closed;
  }
}
