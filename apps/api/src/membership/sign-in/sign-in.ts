import { Inject, Injectable } from '@nestjs/common';
import { Database, Transactions } from '../../platform/database/index.js';
import { networkOf } from '../../platform/limits/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { Attempts, type AttemptLimit, emailOf, passwordMatches } from '../credentials/index.js';
import { OpenSession } from '../open-session.js';
import { type SessionOpened, SignInRefused, TooManyAttempts } from './sign-in.types.js';

const WINDOW_SECONDS = 15 * 60;
const WRONG = 'The e-mail address or the password is wrong. Try again, or ask for a new password.';

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** The address of the caller. */
  readonly ip: string;
}

// Ten per person and place; more per person, so that a stranger elsewhere cannot easily lock somebody out.
function limitsOf(email: string, network: string): AttemptLimit[] {
  const windowSeconds = WINDOW_SECONDS;
  return [
    { key: `sign-in:${email}:${network}`, limit: 10, windowSeconds },
    { key: `sign-in:${email}`, limit: 50, windowSeconds },
    { key: `sign-in-from:${network}`, limit: 200, windowSeconds },
  ];
}

/** Signs a person in by e-mail and password. */
@Injectable()
export class SignIn {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Database) private readonly database: Database,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(OpenSession) private readonly sessions: OpenSession,
  ) {}

  async run(request: SignInRequest): Promise<SessionOpened | SignInRefused | TooManyAttempts> {
    // An address of the wrong form is treated like one that nobody has.
    const email = emailOf(request.email) ?? '';
    const retryAfter = await this.attempts.take(limitsOf(email, networkOf(request.ip)));
    if (retryAfter !== null) return new TooManyAttempts(retryAfter);
    const known = await this.accounts.byEmail(this.database, email);
    const matches = await passwordMatches(known?.passwordHash ?? null, request.password);
    if (known === null || !matches) return new SignInRefused(WRONG);
    return this.transactions.run(['SignedIn'], async (tx) => {
      const account = await this.accounts.lock(tx, known.id);
      // A password that was changed while the old one was being checked ends all sessions, so none may start after it.
      if (account?.passwordHash !== known.passwordHash) return new SignInRefused(WRONG);
      const session = await this.sessions.open(tx, account.id, 'password');
      return { kind: 'SignedIn' as const, account, session };
    });
  }
}
