import { Inject, Injectable } from '@nestjs/common';
import type { Scope } from '../platform/auth/index.js';
import { Database, type Queryable, type Transaction } from '../platform/database/index.js';

/** An API key as it is stored: without the key. */
export interface ApiKey {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly scopes: Scope[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

export const MOST_KEYS = 50;

const COLUMNS = `id, account_id AS "accountId", name, scopes, created_at AS "createdAt", revoked_at AS "revokedAt"`;
const LIVE_BY_HASH = `SELECT ${COLUMNS} FROM api_key WHERE key_hash = $1 AND revoked_at IS NULL`;
const LIVE_IDS = `SELECT id FROM api_key WHERE id = ANY($1::uuid[]) AND revoked_at IS NULL`;
const OF_BRAND = `SELECT ${COLUMNS} FROM api_key WHERE account_id = $1 ORDER BY id DESC LIMIT ${String(MOST_KEYS)}`;
const COUNT_LIVE = `SELECT count(*)::int AS count FROM api_key WHERE account_id = $1 AND revoked_at IS NULL`;
const ADD = `INSERT INTO api_key (id, account_id, name, key_hash, scopes, created_at)
  VALUES ($1, $2, $3, $4, $5, app_now())`;
const REVOKE = `UPDATE api_key SET revoked_at = coalesce(revoked_at, app_now())
  WHERE account_id = $1 AND id = $2 RETURNING 1 AS found`;

/** Every query on table api_key. */
@Injectable()
export class ApiKeysRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The key with this hash unless it was revoked: the one statement that each request of a brand costs. */
  async liveByHash(keyHash: Buffer): Promise<ApiKey | null> {
    const { rows } = await this.database.pool.query<ApiKey>({
      name: 'api_key_live',
      text: LIVE_BY_HASH,
      values: [keyHash],
    });
    return rows[0] ?? null;
  }

  /** Those of these keys that were not revoked. */
  async live(q: Queryable, ids: readonly string[]): Promise<Set<string>> {
    return new Set((await q.query<{ id: string }>(LIVE_IDS, [ids])).map(({ id }) => id));
  }

  async ofBrand(q: Queryable, brandId: string): Promise<ApiKey[]> {
    return q.query<ApiKey>(OF_BRAND, [brandId]);
  }

  async countLive(tx: Transaction, brandId: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(COUNT_LIVE, [brandId]);
    return row?.count ?? 0;
  }

  async add(
    tx: Transaction,
    key: { id: string; brandId: string; name: string; keyHash: Buffer; scopes: readonly Scope[] },
  ): Promise<void> {
    await tx.query(ADD, [key.id, key.brandId, key.name, key.keyHash, key.scopes]);
  }

  /** Revokes a key of this brand; false when it has no such key. */
  async revoke(q: Queryable, brandId: string, keyId: string): Promise<boolean> {
    return (await q.query(REVOKE, [brandId, keyId])).length > 0;
  }
}
