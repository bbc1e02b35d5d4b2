import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { Mailer } from '../../platform/mail/index.js';
import { Credentials } from '../credentials/index.js';
import { SignInCodesRepository } from '../sign-in-codes.repository.js';

const job = z.object({ codeId: z.uuid() });

/** Sends a sign-in code, unless it was used or has expired meanwhile. */
@Injectable()
export class MailSignInCode {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Credentials) private readonly credentials: Credentials,
    @Inject(SignInCodesRepository) private readonly codes: SignInCodesRepository,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle('mail_sign_in_code', (payload) => this.run(payload));
  }

  private async run(payload: unknown): Promise<void> {
    const { codeId } = job.parse(payload);
    const sent = await this.codes.byId(this.database, codeId);
    if (sent?.usedAt !== null || sent.expiresAt <= (await this.database.now())) return;
    const code = this.credentials.codeOf(codeId);
    await this.mailer.send({
      id: `${codeId}-sign-in-code`,
      to: sent.email,
      // The code stays out of the subject, which lock screens show.
      subject: 'Your sign-in code',
      text: [
        `Your code is ${code.slice(0, 4)} ${code.slice(4)}`,
        'Enter it in the browser in which you asked for it. It is good for ten minutes and for one sign-in.',
        'If you did not ask for it, do nothing: without that browser the code is of no use.',
      ].join('\n\n'),
    });
  }
}
