import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { SessionsRepository } from '../sessions.repository.js';
import { SignedOut } from './sign-out.types.js';

/** Ends the session at hand, or all sessions of its person. */
@Injectable()
export class SignOut {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
  ) {}

  async here(sessionId: string): Promise<SignedOut> {
    return this.transactions.run(
      ['SignedOut'],
      async (tx) => new SignedOut(await this.sessions.revoke(tx, sessionId)),
    );
  }

  async everywhere(accountId: string): Promise<SignedOut> {
    return this.transactions.run(['SignedOut'], async (tx) => {
      // A sign-in that is under way waits for this lock or is waited for, so no session is half there.
      await this.accounts.lock(tx, accountId);
      return new SignedOut(await this.sessions.revokeAll(tx, accountId));
    });
  }
}
