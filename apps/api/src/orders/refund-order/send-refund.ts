import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import type { Key } from '../drops.repository.js';
import { OVERDUE_SECONDS, OrderJobs, keyOfJob } from '../jobs.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import { RefundsRepository } from '../refunds.repository.js';

/** The job that has the provider send a decided refund; the refund's id is its idempotency key. */
@Injectable()
export class SendRefund {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RefundsRepository) private readonly refunds: RefundsRepository,
    @Inject(PaymentProvider) private readonly provider: PaymentProvider,
    @Inject(OrderJobs) private readonly orderJobs: OrderJobs,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle('send_refund', (payload) => this.run(keyOfJob(payload)));
    jobs.sweep({ name: 'send forgotten refunds', run: () => this.sendForgotten() });
  }

  async run(key: Key): Promise<void> {
    const refund = await this.refunds.toSend(this.database, key);
    if (refund === null || refund.state === 'settled') return;
    const { providerReference, amountMinor } = refund;
    if (providerReference === null) throw new Error(`refund ${key.id} has no charge to refund`);
    const idempotencyKey = `refund:${key.coopId}:${key.id}`;
    await this.provider.refund({ idempotencyKey, reference: providerReference, amountMinor });
    await this.refunds.settle(this.database, key);
  }

  private async sendForgotten(): Promise<number> {
    const forgotten = await this.refunds.forgotten(this.database, OVERDUE_SECONDS);
    await this.orderJobs.sendRefunds(this.database, forgotten);
    return forgotten.length;
  }
}
