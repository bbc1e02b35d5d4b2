import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { RateLimits } from '../../platform/limits/index.js';
import { LiveTicketsRepository } from '../live-ticket/live-tickets.repository.js';
import { RefreshTokensRepository } from '../refresh-tokens.repository.js';
import { SignInCodesRepository } from '../sign-in-codes.repository.js';

const EVERY_MS = 10 * 60_000;

/** Deletes what can no longer be used: codes and counted attempts of yesterday, tokens of expired sessions, old tickets. */
@Injectable()
export class ForgetExpired {
  private lastAt = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(SignInCodesRepository) private readonly codes: SignInCodesRepository,
    @Inject(RefreshTokensRepository) private readonly refreshTokens: RefreshTokensRepository,
    @Inject(LiveTicketsRepository) private readonly tickets: LiveTicketsRepository,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'forget expired sign-ins', run: () => this.run() });
  }

  async run(): Promise<number> {
    const now = (await this.database.now()).getTime();
    // Sweeps run every second; this one has nothing to do in most of them. The clock of a test may also go back.
    if (Math.abs(now - this.lastAt) < EVERY_MS) return 0;
    this.lastAt = now;
    const codes = await this.codes.forget(this.database);
    const tokens = await this.refreshTokens.forget(this.database);
    const tickets = await this.tickets.forget(this.database);
    return codes + tokens + tickets + (await this.limits.forget());
  }
}
