import { Inject, Injectable } from '@nestjs/common';
import { Database, Transactions } from '../../platform/database/index.js';
import { InputRefused } from '../../platform/graphql/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { hashOf, hashPassword, passwordFault } from '../credentials/index.js';
import {
  type PasswordReset as StoredReset,
  PasswordResetsRepository,
} from '../password-resets.repository.js';
import { SessionsRepository } from '../sessions.repository.js';
import { TokenRefused } from '../token-refused.js';
import { PasswordReset, type ResetPasswordInput } from './reset-password.types.js';

function isOpen(reset: StoredReset, now: Date): boolean {
  return reset.usedAt === null && reset.expiresAt > now;
}

/** Sets a new password by a link from the mail and ends every session of the account. */
@Injectable()
export class ResetPassword {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Database) private readonly database: Database,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(PasswordResetsRepository) private readonly resets: PasswordResetsRepository,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
  ) {}

  async run(input: ResetPasswordInput): Promise<PasswordReset | TokenRefused | InputRefused> {
    const tokenHash = hashOf(input.token);
    const seen = await this.resets.byTokenHash(this.database, tokenHash);
    if (seen === null || !isOpen(seen, await this.database.now())) return new TokenRefused();
    const fault = passwordFault(input.newPassword);
    if (fault !== null) return new InputRefused('newPassword', fault);
    const passwordHash = await hashPassword(input.newPassword);
    return this.transactions.run(['PasswordReset'], async (tx) => {
      await this.accounts.lock(tx, seen.accountId);
      const reset = await this.resets.byTokenHash(tx, tokenHash);
      if (reset === null || !isOpen(reset, await tx.now())) return new TokenRefused();
      await this.accounts.setPassword(tx, reset.accountId, passwordHash);
      await this.resets.useAll(tx, reset.accountId);
      await this.sessions.revokeAll(tx, reset.accountId);
      return new PasswordReset();
    });
  }
}
