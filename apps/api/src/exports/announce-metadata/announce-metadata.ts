import { Inject, Injectable } from '@nestjs/common';
import { ChainCalls } from '../../chain/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Transactions } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';

const TASK = 'announce_metadata';
const PURPOSE = 'set_metadata_base';

/** Tells the contract, once for each co-op, where wallets find what a token is: with its first claim there is one to show. */
@Injectable()
export class AnnounceMetadata {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle(TASK, ({ coopId }) => this.run(String(coopId)));
    // Apart from the transaction of the claim, which holds locks that come after those of a new call.
    calls.onIncluded('claim', (tx, { coopId }) =>
      jobs.enqueue(tx, TASK, { coopId }, { key: `${TASK}:${coopId}` }),
    );
  }

  private async run(coopId: string): Promise<void> {
    await this.transactions.run(['Requested'], async (tx) => {
      await this.calls.enqueue(tx, {
        ...{ coopId, purpose: PURPOSE, subjectId: coopId, sender: 'issuer' },
        call: { functionName: 'setMetadataBase', args: [`${this.config.publicUrl}/metadata/`] },
      });
      return { kind: 'Requested' } as const;
    });
  }
}
