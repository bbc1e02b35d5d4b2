import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/index.js';
import { RateLimits, networkOf } from '../../platform/limits/index.js';

const WINDOW_SECONDS = 60;

/** Counts the checks of one network: each costs a dozen questions to the nodes, and anybody may ask. */
@Injectable()
export class CheckLimit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  /** Null when the check may be made, else the words for whoever asked. */
  async take(ip: string): Promise<string | null> {
    const { checksPerMinute } = this.config;
    if (await this.limits.take(`verify:${networkOf(ip)}`, checksPerMinute, WINDOW_SECONDS)) return null;
    const nowSeconds = Math.floor((await this.database.now()).getTime() / 1000);
    const seconds = WINDOW_SECONDS - (nowSeconds % WINDOW_SECONDS);
    return (
      'This was not checked, and nothing is known to be wrong: more than ' +
      `${String(checksPerMinute)} checks came from your network within a minute. ` +
      `Ask again in ${String(seconds)} seconds.`
    );
  }
}
