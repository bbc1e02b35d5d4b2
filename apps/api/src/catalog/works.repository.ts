import { Injectable } from '@nestjs/common';
import type { RecipeStep } from '@touchmark/drops';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { RecipeOperationType, WorkType } from './catalog.types.js';

/** A work by the co-op it belongs to. */
export interface WorkKey {
  readonly coopId: string;
  readonly id: string;
}

interface WorkOfStep {
  readonly coopId: string;
  readonly workId: string;
}

const COLUMNS =
  'w.coop_id AS "coopId", w.id, w.sku, w.title, w.description, w.materials, w.created_at AS "createdAt"';

const INSERT = `INSERT INTO work (coop_id, id, sku, title, description, materials, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT work_sku_once DO NOTHING RETURNING id`;

const INSERT_RECIPE = `INSERT INTO recipe_operation (coop_id, work_id, position, cell_kind, name, setup_minutes, minutes_per_unit)
  SELECT $1, $2, step.* FROM unnest($3::integer[], $4::text[], $5::text[], $6::integer[], $7::integer[]) AS step`;

const BY_KEYS = `SELECT ${COLUMNS} FROM work w
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) ON key.coop_id = w.coop_id AND key.id = w.id`;

const NEWEST = `SELECT ${COLUMNS} FROM work w WHERE w.coop_id = $1
    AND ($2::timestamptz IS NULL OR (w.created_at, w.id) < ($2::timestamptz, $3::uuid))
  ORDER BY w.created_at DESC, w.id DESC LIMIT $4`;

const RECIPES = `SELECT o.coop_id AS "coopId", o.work_id AS "workId", o.position, o.cell_kind AS "cellKind", o.name,
    o.setup_minutes AS "setupMinutes", o.minutes_per_unit AS "minutesPerUnit"
  FROM recipe_operation o
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) ON key.coop_id = o.coop_id AND key.id = o.work_id
  ORDER BY o.work_id, o.position`;

/** Every statement on works and their recipes. */
@Injectable()
export class WorksRepository {
  /** Writes the work; false when the co-op has one with its SKU. */
  async insert(tx: Transaction, work: WorkType, recipe: readonly RecipeStep[]): Promise<boolean> {
    const { coopId, id, sku, title, description, materials, createdAt } = work;
    const written = await tx.query(INSERT, [coopId, id, sku, title, description, materials, createdAt]);
    if (written.length === 0) return false;
    await tx.query(INSERT_RECIPE, [
      coopId,
      id,
      recipe.map((_, index) => index + 1),
      recipe.map((step) => step.cellKind),
      recipe.map((step) => step.name),
      recipe.map((step) => step.setupMinutes),
      recipe.map((step) => step.minutesPerUnit),
    ]);
    return true;
  }

  async byKeys(q: Queryable, keys: readonly WorkKey[]): Promise<WorkType[]> {
    return q.query<WorkType>(BY_KEYS, [keys.map((key) => key.coopId), keys.map((key) => key.id)]);
  }

  /** Newest first, one more than the page holds. */
  async newest(q: Queryable, coopId: string, page: PageRequest): Promise<WorkType[]> {
    return q.query<WorkType>(NEWEST, [coopId, page.after?.[0], page.after?.[1], page.limit + 1]);
  }

  async recipes(q: Queryable, keys: readonly WorkKey[]): Promise<(RecipeOperationType & WorkOfStep)[]> {
    return q.query(RECIPES, [keys.map((key) => key.coopId), keys.map((key) => key.id)]);
  }
}
