import { Inject, Injectable } from '@nestjs/common';
import { Transactions, newId } from '../../platform/database/index.js';
import { InputRefused } from '../../platform/graphql/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { networkOf } from '../../platform/limits/index.js';
import {
  type AttemptLimit,
  Attempts,
  Credentials,
  EMAIL_FAULT,
  emailOf,
  hashOf,
  randomSecret,
} from '../credentials/index.js';
import { SignInCodesRepository } from '../sign-in-codes.repository.js';
import { TooManyAttempts } from '../sign-in/sign-in.types.js';
import { SignInCodeSent } from './request-sign-in-code.types.js';

const CODE_MINUTES = 10;

// With five tries per code, a day of guessing at one address tries 150 of the 100 million codes.
function limitsOf(email: string, network: string): AttemptLimit[] {
  return [
    { key: `code:${email}`, limit: 5, windowSeconds: 900 },
    { key: `code-day:${email}`, limit: 30, windowSeconds: 86_400 },
    { key: `code-from:${network}`, limit: 60, windowSeconds: 900 },
  ];
}

/** Sends a sign-in code; the answer is the same whether the address has an account or not. */
@Injectable()
export class RequestSignInCode {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(Credentials) private readonly credentials: Credentials,
    @Inject(SignInCodesRepository) private readonly codes: SignInCodesRepository,
  ) {}

  async run(request: {
    email: string;
    ip: string;
  }): Promise<SignInCodeSent | TooManyAttempts | InputRefused> {
    const email = emailOf(request.email);
    if (email === null) return new InputRefused('email', EMAIL_FAULT);
    const retryAfter = await this.attempts.take(limitsOf(email, networkOf(request.ip)));
    if (retryAfter !== null) return new TooManyAttempts(retryAfter);
    const id = newId();
    const challenge = randomSecret();
    const codeHash = this.credentials.codeHash(id, this.credentials.codeOf(id));
    return this.transactions.run(['SignInCodeSent'], async (tx) => {
      const expiresAt = new Date((await tx.now()).getTime() + CODE_MINUTES * 60_000);
      await this.codes.add(tx, { id, email, codeHash, browserHash: hashOf(challenge), expiresAt });
      await this.jobs.enqueue(tx, 'mail_sign_in_code', { codeId: id });
      return new SignInCodeSent(id, challenge);
    });
  }
}
