import { Inject, Injectable } from '@nestjs/common';
import { Transactions, type Transaction } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { SandboxChargesRepository } from './sandbox-charges.repository.js';

/** Captures the sandbox's pending charges when their time has come, and has each called back. */
@Injectable()
export class CaptureDueCharges {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(SandboxChargesRepository) private readonly charges: SandboxChargesRepository,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {
    jobs.sweep({ name: 'capture due sandbox charges', run: () => this.run() });
  }

  /** Returns how many were captured. */
  async run(): Promise<number> {
    const outcome = await this.transactions.run(['ChargesCaptured'], (tx) => this.capture(tx));
    return outcome.kind === 'ChargesCaptured' ? outcome.count : 0;
  }

  private async capture(
    tx: Transaction,
  ): Promise<{ readonly kind: 'ChargesCaptured'; readonly count: number } | { readonly kind: 'NothingDue' }> {
    const keys = await this.charges.captureDue(tx);
    if (keys.length === 0) return { kind: 'NothingDue' };
    const jobs = keys.map((idempotencyKey) => ({
      payload: { idempotencyKey },
      key: `sandbox_call_back:${idempotencyKey}`,
    }));
    await this.jobs.enqueueAll(tx, 'sandbox_call_back', jobs);
    return { kind: 'ChargesCaptured', count: keys.length };
  }
}
