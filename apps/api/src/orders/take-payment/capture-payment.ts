import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import type { Key } from '../drops.repository.js';
import { OVERDUE_SECONDS, OrderJobs, keyOfJob } from '../jobs.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import { PaymentsRepository } from '../payments.repository.js';
import { paymentKey } from './payment-key.js';
import { SettlePayment } from './settle-payment.js';

/**
 * The job that asks the provider for an order's money. The provider's answer may be lost with this process at any
 * moment: the job is asked again, and one idempotency key is one charge.
 */
@Injectable()
export class CapturePayment {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaymentsRepository) private readonly payments: PaymentsRepository,
    @Inject(PaymentProvider) private readonly provider: PaymentProvider,
    @Inject(SettlePayment) private readonly settlePayment: SettlePayment,
    @Inject(OrderJobs) private readonly orderJobs: OrderJobs,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle('capture_payment', (payload) => this.run(keyOfJob(payload)));
    jobs.sweep({ name: 'ask for forgotten payments', run: () => this.askForgotten() });
  }

  /** Asks once; a pending charge is asked after again, in case its callback never comes. */
  async run(key: Key): Promise<void> {
    const payment = await this.payments.load(this.database, key);
    if (payment === null || payment.state === 'captured' || payment.state === 'declined') return;
    const { amountMinor, currency, method } = payment;
    const charge = await this.provider.capture({
      // By the payment as it is stored: another spelling of its id would be another charge.
      ...{ idempotencyKey: paymentKey(payment), amountMinor, currency, method },
    });
    const settled = await this.settlePayment.run({ coopId: key.coopId, id: key.id, ...charge });
    if (settled.kind === 'StillPending') await this.orderJobs.askAgain(this.database, key);
  }

  private async askForgotten(): Promise<number> {
    const forgotten = await this.payments.forgotten(this.database, OVERDUE_SECONDS);
    await this.orderJobs.capturePayments(this.database, forgotten);
    return forgotten.length;
  }
}
