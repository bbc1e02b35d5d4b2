import { Injectable } from '@nestjs/common';
import type { PageRequest } from '../platform/graphql/index.js';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** A co-op as it is stored. */
export interface Coop {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly currency: string;
  readonly domain: string;
  readonly gtinPrefix: string;
  readonly holdLimit: number;
}

const COLUMNS = `id, slug, name, currency, domain, gtin_prefix AS "gtinPrefix", hold_limit AS "holdLimit"`;
const BY_IDS = `SELECT ${COLUMNS} FROM coop WHERE id = ANY($1::uuid[])`;
const BY_SLUG = `SELECT ${COLUMNS} FROM coop WHERE slug = $1`;
const PAGE = `SELECT ${COLUMNS} FROM coop WHERE $2::text IS NULL OR slug > $2 ORDER BY slug LIMIT $1`;
const LOCK = `SELECT ${COLUMNS} FROM coop WHERE id = $1 FOR NO KEY UPDATE`;
const ADD = `INSERT INTO coop (id, kind, slug, name, currency, domain, gtin_prefix, created_at)
  VALUES ($1, 'coop', $2, $3, $4, $5, $6, app_now())`;

/** Every query on table coop. */
@Injectable()
export class CoopsRepository {
  async byIds(q: Queryable, ids: readonly string[]): Promise<Coop[]> {
    return q.query<Coop>(BY_IDS, [ids]);
  }

  async bySlug(q: Queryable, slug: string): Promise<Coop | null> {
    const [row] = await q.query<Coop>(BY_SLUG, [slug]);
    return row ?? null;
  }

  async page(q: Queryable, request: PageRequest): Promise<Coop[]> {
    return q.query<Coop>(PAGE, [request.limit + 1, request.after?.[0] ?? null]);
  }

  async lock(tx: Transaction, id: string): Promise<Coop | null> {
    tx.locking('coop', [id]);
    const [row] = await tx.query<Coop>(LOCK, [id]);
    return row ?? null;
  }

  async add(tx: Transaction, coop: Omit<Coop, 'holdLimit'>): Promise<void> {
    await tx.query(ADD, [coop.id, coop.slug, coop.name, coop.currency, coop.domain, coop.gtinPrefix]);
  }
}
