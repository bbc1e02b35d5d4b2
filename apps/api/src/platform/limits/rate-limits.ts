import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** Counts attempts per key in PostgreSQL, so that the limit holds across every copy of the API. */
@Injectable()
export class RateLimits {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Counts one attempt under `key`; false when more than `limit` were made in the current window of `windowSeconds`. The key
   * often names a network or a mailbox, so only its hash is stored, and that for no more than a day.
   */
  async take(key: string, limit: number, windowSeconds: number): Promise<boolean> {
    const [row] = await this.database.query<{ taken: number }>(
      `INSERT INTO rate_limit AS seen (key, window_start, taken)
       VALUES ($1, to_timestamp(floor(extract(epoch FROM app_now()) / $2) * $2), 1)
       ON CONFLICT (key, window_start) DO UPDATE SET taken = seen.taken + 1
       RETURNING taken`,
      [createHash('sha256').update(key).digest('base64url'), windowSeconds],
    );
    return (row?.taken ?? 0) <= limit;
  }

  /** Forgets windows older than a day; returns how many. */
  async forget(): Promise<number> {
    const gone = await this.database.query(
      `DELETE FROM rate_limit WHERE window_start < app_now() - interval '1 day' RETURNING 1 AS gone`,
    );
    return gone.length;
  }
}
