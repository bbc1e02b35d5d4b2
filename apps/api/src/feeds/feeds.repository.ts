import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';

export interface Feed {
  readonly id: string;
  readonly accountId: string;
  readonly coopId: string | null;
  readonly stationId: string | null;
  readonly createdAt: Date;
  readonly rotatedAt: Date | null;
}

/** A feed by its secret, and whether its owner may still read it. */
export interface FoundFeed extends Feed {
  readonly allowed: boolean;
  readonly now: Date;
}

const COLUMNS = `id, account_id AS "accountId", coop_id AS "coopId", station_id AS "stationId",
  created_at AS "createdAt", rotated_at AS "rotatedAt"`;
const LOCK_ACCOUNT = `SELECT id FROM account WHERE id = $1 FOR NO KEY UPDATE`;
const COUNT = `SELECT count(*)::int AS count FROM calendar_feed WHERE account_id = $1 AND revoked_at IS NULL`;
const ADD = `INSERT INTO calendar_feed (id, account_id, coop_id, station_id, secret_hash, created_at)
  VALUES ($1, $2, $3, $4, $5, app_now()) RETURNING ${COLUMNS}`;
const ROTATE = `UPDATE calendar_feed SET secret_hash = $3, rotated_at = app_now()
  WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL RETURNING ${COLUMNS}`;
const REVOKE = `UPDATE calendar_feed SET revoked_at = coalesce(revoked_at, app_now())
  WHERE id = $1 AND account_id = $2 RETURNING 1 AS found`;
const OF_ACCOUNT = `SELECT ${COLUMNS} FROM calendar_feed WHERE account_id = $1 AND revoked_at IS NULL ORDER BY id DESC`;
// A member's feed needs one co-op that they are in, a station's its operator's or admin's rights as they are now.
const BY_SECRET = `SELECT ${COLUMNS}, app_now() AS now, revoked_at IS NULL AND EXISTS (
    SELECT 1 FROM membership AS own WHERE own.account_id = feed.account_id AND own.removed_at IS NULL
      AND (feed.coop_id IS NULL OR (own.coop_id = feed.coop_id AND own.roles && ARRAY['operator', 'admin']))) AS allowed
  FROM calendar_feed AS feed WHERE secret_hash = $1`;

/** Every query on table calendar_feed. */
@Injectable()
export class FeedsRepository {
  /** Locks the owner and counts their feeds, so that the limit holds when several are asked for at once. */
  async lockAndCount(tx: Transaction, accountId: string): Promise<number> {
    tx.locking('account', [accountId]);
    const [, counted] = await Promise.all([
      tx.query(LOCK_ACCOUNT, [accountId]),
      tx.query<{ count: number }>(COUNT, [accountId]),
    ]);
    return counted[0]?.count ?? 0;
  }

  async add(
    tx: Transaction,
    feed: Pick<Feed, 'id' | 'accountId' | 'coopId' | 'stationId'> & { readonly secretHash: Buffer },
  ): Promise<Feed> {
    const [row] = await tx.query<Feed>(ADD, [
      feed.id,
      feed.accountId,
      feed.coopId,
      feed.stationId,
      feed.secretHash,
    ]);
    if (row === undefined) throw new Error('a feed was not kept');
    return row;
  }

  /** Gives a feed another secret; null when the account has no such feed. */
  async rotate(tx: Transaction, accountId: string, id: string, secretHash: Buffer): Promise<Feed | null> {
    const [row] = await tx.query<Feed>(ROTATE, [id, accountId, secretHash]);
    return row ?? null;
  }

  async revoke(tx: Transaction, accountId: string, id: string): Promise<boolean> {
    return (await tx.query(REVOKE, [id, accountId])).length > 0;
  }

  async ofAccount(q: Queryable, accountId: string): Promise<Feed[]> {
    return q.query<Feed>(OF_ACCOUNT, [accountId]);
  }

  async bySecret(q: Queryable, secretHash: Buffer): Promise<FoundFeed | null> {
    const [row] = await q.query<FoundFeed>(BY_SECRET, [secretHash]);
    return row ?? null;
  }
}
