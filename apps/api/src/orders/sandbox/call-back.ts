import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { CALLBACK_TYPE, CallbackSignature, SIGNATURE_HEADER } from './callback-signature.js';
import { SandboxChargesRepository } from './sandbox-charges.repository.js';

const ANSWER_WITHIN_MS = 10_000;

/** The job by which the sandbox tells the product, over HTTP, what became of a charge. */
@Injectable()
export class CallBack {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
    @Inject(Database) private readonly database: Database,
    @Inject(SandboxChargesRepository) private readonly charges: SandboxChargesRepository,
    @Inject(CallbackSignature) private readonly signature: CallbackSignature,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle('sandbox_call_back', (payload) => this.run(String(payload['idempotencyKey'])));
  }

  /** Throws unless the product takes the message, and is then tried again. */
  async run(idempotencyKey: string): Promise<void> {
    const charge = await this.charges.load(this.database, idempotencyKey);
    if (charge === null) throw new Error(`the sandbox has no charge ${idempotencyKey}`);
    const { result, reference, amountMinor, currency } = charge;
    const body = JSON.stringify({
      ...{ idempotencyKey, result, reference, amountMinor: amountMinor.toString(), currency },
    });
    const answer = await fetch(`${this.config.publicUrl}/payments/sandbox/callback`, {
      method: 'POST',
      headers: { 'content-type': CALLBACK_TYPE, [SIGNATURE_HEADER]: this.signature.sign(body) },
      body,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (!answer.ok)
      throw new Error(`the callback for ${idempotencyKey} was answered ${String(answer.status)}`);
  }
}
