import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import {
  PaymentProvider,
  PaymentProviderError,
  type CaptureRequest,
  type Charge,
  type RefundRequest,
} from '../payments/payment-provider.js';
import { SandboxChargesRepository } from './sandbox-charges.repository.js';

const METHOD = /^sandbox-(accept|decline|delay-([0-9]{1,7}))$/;

/** The built-in provider of play money: it accepts, declines, or captures later and calls back, as its method says. */
@Injectable()
export class SandboxProvider extends PaymentProvider {
  readonly name = 'sandbox';

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SandboxChargesRepository) private readonly charges: SandboxChargesRepository,
  ) {
    super();
  }

  refuses(method: string): string | null {
    return METHOD.test(method)
      ? null
      : 'The sandbox does not know this payment method. Use sandbox-accept, sandbox-decline or sandbox-delay-<seconds>.';
  }

  async capture(request: CaptureRequest): Promise<Charge> {
    const { idempotencyKey, amountMinor, currency, method } = request;
    const [, word, delay] = METHOD.exec(method) ?? [];
    if (word === undefined) throw new PaymentProviderError(`the sandbox does not know the method ${method}`);
    const result = word === 'accept' ? 'captured' : word === 'decline' ? 'declined' : 'pending';
    const delaySeconds = delay === undefined ? null : Number(delay);
    await this.charges.insert(this.database, { idempotencyKey, amountMinor, currency, result }, delaySeconds);
    const charge = await this.charges.load(this.database, idempotencyKey);
    if (charge?.amountMinor !== amountMinor || charge.currency !== currency)
      throw new PaymentProviderError(`the key ${idempotencyKey} stands for a charge of another sum`);
    return { result: charge.result, reference: charge.reference };
  }

  async refund({ idempotencyKey, reference, amountMinor }: RefundRequest): Promise<void> {
    if (!(await this.charges.refund(this.database, idempotencyKey, reference, amountMinor)))
      throw new PaymentProviderError(
        `the sandbox cannot refund ${amountMinor.toString()} of the charge ${reference}`,
      );
  }
}
