import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database, Transactions, newId } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { Mailer } from '../../platform/mail/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { Credentials, hashOf } from '../credentials/index.js';
import { linkTo } from '../link.js';
import { PasswordResetsRepository } from '../password-resets.repository.js';

const LINK_MINUTES = 60;
const preparation = z.object({ email: z.string() });
const job = z.object({ resetId: z.uuid() });

/** Finds the account of a request for a new password, and sends its link. */
@Injectable()
export class MailPasswordReset {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Credentials) private readonly credentials: Credentials,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(PasswordResetsRepository) private readonly resets: PasswordResetsRepository,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {
    jobs.handle('prepare_password_reset', (payload) => this.prepare(payload));
    jobs.handle('mail_password_reset', (payload) => this.send(payload));
  }

  private async prepare(payload: unknown): Promise<void> {
    const { email } = preparation.parse(payload);
    const account = await this.accounts.byEmail(this.database, email);
    if (account === null) return;
    await this.transactions.run(['Prepared'], async (tx) => {
      const id = newId();
      const tokenHash = hashOf(this.credentials.tokenOf('password_reset', id));
      const expiresAt = new Date((await tx.now()).getTime() + LINK_MINUTES * 60_000);
      await this.resets.add(tx, { id, accountId: account.id, tokenHash, expiresAt });
      await this.jobs.enqueue(tx, 'mail_password_reset', { resetId: id });
      return { kind: 'Prepared' as const };
    });
  }

  private async send(payload: unknown): Promise<void> {
    const { resetId } = job.parse(payload);
    const reset = await this.resets.byId(this.database, resetId);
    if (reset?.usedAt !== null || reset.expiresAt <= (await this.database.now())) return;
    const [account] = await this.accounts.byIds(this.database, [reset.accountId]);
    if (account === undefined || account.email === null) return;
    const token = this.credentials.tokenOf('password_reset', resetId);
    await this.mailer.send({
      id: `${resetId}-password-reset`,
      to: account.email,
      subject: 'Choose a new password',
      text: [
        `Choose a new password here:\n${linkTo(this.config, '/reset-password', token)}`,
        'The link is good for one use within an hour. A new password ends every session of yours.',
        'If you did not ask for it, do nothing; your password stays as it is.',
      ].join('\n\n'),
    });
  }
}
