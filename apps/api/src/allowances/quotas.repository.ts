import { Injectable } from '@nestjs/common';
import type { QuotaRule } from '@touchmark/allowances';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';

const RULE = `member_class AS "memberClass", nullif(cell_kind, '*') AS "cellKind", period, minutes, set_at AS "setAt"`;

const PAGE = `
  SELECT ${RULE} FROM quota_rule WHERE coop_id = $1
     AND ($2::text IS NULL OR (member_class, cell_kind, period) > ($2, $3, $4))
   ORDER BY member_class, cell_kind, period LIMIT $5`;

const REMOVE_OTHERS = `
  DELETE FROM quota_rule AS rule WHERE rule.coop_id = $1 AND NOT EXISTS (
    SELECT FROM unnest($2::text[], $3::text[], $4::text[]) AS kept (member_class, cell_kind, period)
     WHERE (kept.member_class, kept.cell_kind, kept.period) = (rule.member_class, rule.cell_kind, rule.period))`;

// A rule that stays as it was goes on being in force since it was set.
const PUT = `
  INSERT INTO quota_rule AS rule (coop_id, member_class, cell_kind, period, minutes, set_at)
  SELECT $1, given.*, $6::timestamptz FROM unnest($2::text[], $3::text[], $4::text[], $5::integer[]) AS given
  ON CONFLICT (coop_id, member_class, cell_kind, period)
  DO UPDATE SET minutes = excluded.minutes, set_at = excluded.set_at WHERE rule.minutes <> excluded.minutes`;

/** A rule with the time from which it binds. */
export interface QuotaRow extends QuotaRule {
  readonly setAt: Date;
}

/** Every statement on the table `quota_rule`. */
@Injectable()
export class QuotasRepository {
  /** The rules of a co-op by class, kind (`*` first) and period. */
  page(q: Queryable, coopId: string, { limit, after }: PageRequest): Promise<QuotaRow[]> {
    const keys = [after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null];
    return q.query<QuotaRow & Record<string, unknown>>(PAGE, [coopId, ...keys, limit + 1]);
  }

  /** Makes `rules` all the rules of the co-op. */
  replace(tx: Transaction, coopId: string, rules: readonly QuotaRule[], at: Date): void {
    const keys = [
      rules.map((rule) => rule.memberClass),
      rules.map((rule) => rule.cellKind ?? '*'),
      rules.map((rule) => rule.period),
    ];
    tx.send(REMOVE_OTHERS, [coopId, ...keys]);
    tx.send(PUT, [coopId, ...keys, rules.map((rule) => rule.minutes), at]);
  }

  /**
   * Locks the co-op and all its cells, under whose locks claims are decided: none is being decided by the old rules
   * when the time of the new ones is read. False when there is no such co-op.
   */
  async lockClaims(tx: Transaction, coopId: string): Promise<boolean> {
    tx.locking('coop', [coopId]);
    const coops = await tx.query('SELECT 1 AS found FROM coop WHERE id = $1 FOR NO KEY UPDATE', [coopId]);
    tx.locking('cell');
    await tx.query('SELECT 1 AS found FROM cell WHERE coop_id = $1 ORDER BY id FOR NO KEY UPDATE', [coopId]);
    return coops.length > 0;
  }
}
