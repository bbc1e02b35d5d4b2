import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/index.js';
import { RateLimits, networkOf } from '../../platform/limits/index.js';

const WINDOW_SECONDS = 60;

/** Why a check was not made. */
export interface TooManyChecks {
  readonly message: string;
  /** The seconds after which it may be asked again. */
  readonly retryAfterSeconds: number;
}

/** Counts the checks of one network: each costs a dozen questions to the nodes, and anybody may ask. */
@Injectable()
export class CheckLimit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  /** Null when the check may be made. */
  async take(ip: string): Promise<TooManyChecks | null> {
    const { checksPerMinute } = this.config;
    if (await this.limits.take(`verify:${networkOf(ip)}`, checksPerMinute, WINDOW_SECONDS)) return null;
    const nowSeconds = Math.floor((await this.database.now()).getTime() / 1000);
    const retryAfterSeconds = WINDOW_SECONDS - (nowSeconds % WINDOW_SECONDS);
    const message =
      'This was not checked, and nothing is known to be wrong: more than ' +
      `${String(checksPerMinute)} checks came from your network within a minute. ` +
      `Ask again in ${String(retryAfterSeconds)} seconds.`;
    return { message, retryAfterSeconds };
  }
}
