import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';

// Only who owns the brand and is the provider's admin may say so; the guard has checked the latter.
const SET = `INSERT INTO provider_brand (brand_id, coop_id, since)
  SELECT account.id, $2, app_now() FROM account WHERE account.id = $1 AND account.kind = 'brand' AND account.owner_id = $3
  ON CONFLICT (brand_id) DO UPDATE SET coop_id = EXCLUDED.coop_id, since = EXCLUDED.since
    WHERE provider_brand.coop_id <> EXCLUDED.coop_id
  RETURNING brand_id`;
// It acts by the right of its owner, who must still be the provider's admin: nobody else could end its keys.
const OF_BRAND = `SELECT link.coop_id AS "coopId" FROM provider_brand AS link
    JOIN account AS brand ON brand.id = link.brand_id
    JOIN membership AS own ON own.coop_id = link.coop_id AND own.account_id = brand.owner_id
   WHERE link.brand_id = $1 AND own.removed_at IS NULL AND 'admin' = ANY(own.roles)`;
const NAMES = `SELECT id, display_name AS name FROM account WHERE id = ANY($1::uuid[])`;

/** Every statement on which brand acts for which provider. */
@Injectable()
export class ProviderBrandsRepository {
  /** False when the owner has no such brand. */
  async set(tx: Transaction, coopId: string, brandId: string, ownerId: string): Promise<boolean> {
    if ((await tx.query(SET, [brandId, coopId, ownerId])).length > 0) return true;
    const owned = await tx.query<{ coopId: string }>(
      `SELECT provider_brand.coop_id AS "coopId" FROM provider_brand JOIN account ON account.id = provider_brand.brand_id
        WHERE provider_brand.brand_id = $1 AND account.owner_id = $2`,
      [brandId, ownerId],
    );
    return owned[0]?.coopId === coopId;
  }

  /** The provider that a brand acts for as long as its owner is an admin of it, or null. */
  async coopOf(q: Queryable, brandId: string): Promise<string | null> {
    const [row] = await q.query<{ coopId: string }>(OF_BRAND, [brandId]);
    return row?.coopId ?? null;
  }

  /** The names of brands, by id. */
  async names(q: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await q.query<{ id: string; name: string }>(NAMES, [ids]);
    return new Map(rows.map((row) => [row.id, row.name]));
  }
}
