import {
  BadRequestException,
  Body,
  Controller,
  Headers,
  HttpCode,
  Inject,
  NotFoundException,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/index.js';
import { PaymentsRepository } from '../payments.repository.js';
import { paymentOfKey } from '../take-payment/payment-key.js';
import { SettlePayment } from '../take-payment/settle-payment.js';
import { CallbackSignature, SIGNATURE_HEADER } from './callback-signature.js';

const message = z.strictObject({
  idempotencyKey: z.string(),
  result: z.enum(['captured', 'declined', 'pending']),
  reference: z.uuid(),
  amountMinor: z.string().regex(/^[0-9]{1,18}$/),
  currency: z.string().length(3),
});

type CallbackMessage = z.output<typeof message>;

/** Where the sandbox tells what became of a charge. A message that comes again changes nothing. */
@Controller('payments/sandbox')
export class SandboxCallbackController {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'payments'>,
    @Inject(Database) private readonly database: Database,
    @Inject(PaymentsRepository) private readonly payments: PaymentsRepository,
    @Inject(SettlePayment) private readonly settlePayment: SettlePayment,
    @Inject(CallbackSignature) private readonly signature: CallbackSignature,
  ) {}

  @Post('callback')
  @HttpCode(204)
  async take(@Body() body: unknown, @Headers(SIGNATURE_HEADER) signature: string | undefined): Promise<void> {
    if (this.config.payments !== 'sandbox') throw new NotFoundException();
    if (typeof body !== 'string' || !this.signature.matches(body, signature ?? ''))
      throw new UnauthorizedException(
        'The signature is not the one of this body. Sign the bytes that are sent.',
      );
    const told = this.read(body);
    const key = paymentOfKey(told.idempotencyKey);
    const payment = key && (await this.payments.load(this.database, key));
    if (key === null || payment === null) throw new NotFoundException('There is no such payment.');
    if (payment.amountMinor !== BigInt(told.amountMinor) || payment.currency !== told.currency)
      throw new BadRequestException(
        'The sum is not the one of the payment. Send the sum that was asked for.',
      );
    await this.settlePayment.run({ ...key, result: told.result, reference: told.reference });
  }

  private read(body: string): CallbackMessage {
    try {
      return message.parse(JSON.parse(body));
    } catch {
      throw new BadRequestException('The message cannot be read. Send the JSON of one charge.');
    }
  }
}
