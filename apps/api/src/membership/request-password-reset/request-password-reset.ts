import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { networkOf } from '../../platform/limits/index.js';
import { Attempts, emailOf } from '../credentials/index.js';
import { PasswordResetRequested } from './request-password-reset.types.js';

/**
 * Asks for a new password. Whether there is such an account, and whether there were too many requests, shows neither
 * in the answer nor in the time it takes: a job looks for the account.
 */
@Injectable()
export class RequestPasswordReset {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Attempts) private readonly attempts: Attempts,
  ) {}

  async run(request: { email: string; ip: string }): Promise<PasswordResetRequested> {
    const email = emailOf(request.email);
    if (email === null) return new PasswordResetRequested();
    const retryAfter = await this.attempts.take([
      { key: `reset:${email}`, limit: 5, windowSeconds: 3600 },
      { key: `reset-from:${networkOf(request.ip)}`, limit: 60, windowSeconds: 3600 },
    ]);
    if (retryAfter === null) await this.jobs.enqueue(this.database, 'prepare_password_reset', { email });
    return new PasswordResetRequested();
  }
}
