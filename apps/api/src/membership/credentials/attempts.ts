import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { RateLimits } from '../../platform/limits/index.js';

/** At most `limit` attempts under `key` in each window of `windowSeconds`. */
export interface AttemptLimit {
  readonly key: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** Counts attempts to sign in. */
@Injectable()
export class Attempts {
  constructor(
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Database) private readonly database: Database,
  ) {}

  /**
   * Counts one attempt under each limit, the narrowest first; null, or after how many seconds to try again. What one
   * limit refuses is not counted by the next: whoever is stopped at their own place cannot use up what others share.
   */
  async take(limits: readonly AttemptLimit[]): Promise<number | null> {
    for (const { key, limit, windowSeconds } of limits) {
      if (await this.limits.take(key, limit, windowSeconds)) continue;
      const nowSeconds = Math.floor((await this.database.now()).getTime() / 1000);
      return windowSeconds - (nowSeconds % windowSeconds);
    }
    return null;
  }
}
