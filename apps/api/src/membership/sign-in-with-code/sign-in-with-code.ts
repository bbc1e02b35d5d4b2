import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Transaction, Transactions, newId } from '../../platform/database/index.js';
import { networkOf } from '../../platform/limits/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { Attempts, Credentials, emailOf, hashOf } from '../credentials/index.js';
import { OpenSession } from '../open-session.js';
import { type SignInCode, SignInCodesRepository } from '../sign-in-codes.repository.js';
import { type SessionOpened, SignInRefused, TooManyAttempts } from '../sign-in/sign-in.types.js';

const MOST_TRIES = 5;
const WRONG = 'The code is wrong, was used, or has expired. Check it, or ask for a new one in this browser.';

/** A wrong code; unlike other refusals it is committed, because the try counts. */
interface TryCounted {
  readonly kind: 'TryCounted';
}

export interface CodeSignInRequest {
  readonly email: string;
  readonly code: string;
  readonly challenge: string;
  readonly ip: string;
}

/** Signs a collector in by a code from their mail; the first time makes their account. */
@Injectable()
export class SignInWithCode {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(Credentials) private readonly credentials: Credentials,
    @Inject(SignInCodesRepository) private readonly codes: SignInCodesRepository,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(OpenSession) private readonly sessions: OpenSession,
  ) {}

  async run(request: CodeSignInRequest): Promise<SessionOpened | SignInRefused | TooManyAttempts> {
    const key = `code-try-from:${networkOf(request.ip)}`;
    const retryAfter = await this.attempts.take([{ key, limit: 200, windowSeconds: 900 }]);
    if (retryAfter !== null) return new TooManyAttempts(retryAfter);
    const email = emailOf(request.email);
    if (email === null) return new SignInRefused(WRONG);
    const outcome = await this.transactions.run(['SignedIn', 'TryCounted'], (tx) =>
      this.check(tx, email, request),
    );
    return outcome.kind === 'TryCounted' ? new SignInRefused(WRONG) : outcome;
  }

  private async check(
    tx: Transaction,
    email: string,
    request: CodeSignInRequest,
  ): Promise<SessionOpened | SignInRefused | TryCounted> {
    const sent = await this.codes.lock(tx, email, hashOf(request.challenge));
    if (sent?.usedAt !== null || sent.tries >= MOST_TRIES) return new SignInRefused(WRONG);
    if (!this.matches(sent, request.code)) {
      await this.codes.countTry(tx, sent.id);
      return { kind: 'TryCounted' };
    }
    const account = await this.accounts.lockOrAddPerson(
      tx,
      newId(),
      email,
      email.slice(0, email.indexOf('@')),
    );
    if (sent.expiresAt <= (await tx.now())) return new SignInRefused(WRONG);
    await this.codes.use(tx, sent.id);
    const session = await this.sessions.open(tx, account.id, 'code');
    return { kind: 'SignedIn', account, session };
  }

  private matches(sent: SignInCode, code: string): boolean {
    const given = this.credentials.codeHash(sent.id, code.replace(/\s/g, ''));
    return timingSafeEqual(given, sent.codeHash);
  }
}
