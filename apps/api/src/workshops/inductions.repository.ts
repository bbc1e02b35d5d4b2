import { Injectable } from '@nestjs/common';
import type { PageRequest } from '../platform/graphql/index.js';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { InductionRequirementType, InductionType } from './induction.types.js';

const COLUMNS = `induction.coop_id AS "coopId", induction.id, induction.account_id AS "accountId",
  induction.cell_kind AS "cellKind", induction.valid_from AS "validFrom", induction.valid_until AS "validUntil",
  induction.given_by AS "givenBy", induction.given_at AS "givenAt", induction.revoked_at AS "revokedAt"`;
const REQUIREMENT = 'coop_id AS "coopId", cell_kind AS "cellKind", how_to_get AS "howToGet"';

/** Whose inductions to list. */
export interface InductionFilter {
  readonly coopId: string;
  /** Null for those of all members. */
  readonly accountId: string | null;
}

/** Every statement on the tables `induction` and `induction_requirement`. */
@Injectable()
export class InductionsRepository {
  async setRequirement(
    tx: Transaction,
    coopId: string,
    cellKind: string,
    howToGet: string | null,
  ): Promise<void> {
    if (howToGet === null)
      await tx.query('DELETE FROM induction_requirement WHERE coop_id = $1 AND cell_kind = $2', [
        ...[coopId, cellKind],
      ]);
    else
      await tx.query(
        `INSERT INTO induction_requirement (coop_id, cell_kind, how_to_get) VALUES ($1, $2, $3)
         ON CONFLICT (coop_id, cell_kind) DO UPDATE SET how_to_get = excluded.how_to_get`,
        [coopId, cellKind, howToGet],
      );
  }

  /** What these co-ops require, by kind. */
  requirementsOf(q: Queryable, coopIds: readonly string[]): Promise<InductionRequirementType[]> {
    return q.query(
      `SELECT ${REQUIREMENT} FROM induction_requirement WHERE coop_id = ANY($1::uuid[]) ORDER BY coop_id, cell_kind`,
      [coopIds],
    );
  }

  /** Locks a member of the co-op, so that only one gives them an induction at a time; false when there is none. */
  async lockMember(tx: Transaction, coopId: string, accountId: string): Promise<boolean> {
    tx.locking('membership', [accountId]);
    const found = await tx.query(
      'SELECT 1 FROM membership WHERE coop_id = $1 AND account_id = $2 AND removed_at IS NULL FOR NO KEY UPDATE',
      [coopId, accountId],
    );
    return found.length > 0;
  }

  /** One that is not revoked and shares time with `induction`, for the same member and kind. */
  async overlapping(q: Queryable, induction: InductionType): Promise<InductionType | null> {
    const [found] = await q.query<InductionType>(
      `SELECT ${COLUMNS} FROM induction WHERE coop_id = $1 AND account_id = $2 AND cell_kind = $3 AND revoked_at IS NULL
          AND tstzrange(valid_from, valid_until) && tstzrange($4, $5) ORDER BY valid_from LIMIT 1`,
      [induction.coopId, induction.accountId, induction.cellKind, induction.validFrom, induction.validUntil],
    );
    return found ?? null;
  }

  async insert(tx: Transaction, induction: InductionType): Promise<void> {
    await tx.query(
      `INSERT INTO induction (coop_id, id, account_id, cell_kind, valid_from, valid_until, given_by, given_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[induction.coopId, induction.id, induction.accountId, induction.cellKind, induction.validFrom],
        ...[induction.validUntil, induction.givenBy, induction.givenAt],
      ],
    );
  }

  /** Revokes it unless it is; answers it as it is now, or null when there is none. */
  async revoke(
    tx: Transaction,
    coopId: string,
    id: string,
    revokedBy: string,
  ): Promise<InductionType | null> {
    await tx.query(
      `UPDATE induction SET revoked_by = $3, revoked_at = app_now()
        WHERE coop_id = $1 AND id = $2 AND revoked_at IS NULL`,
      [coopId, id, revokedBy],
    );
    const [found] = await tx.query<InductionType>(
      `SELECT ${COLUMNS} FROM induction WHERE coop_id = $1 AND id = $2`,
      [coopId, id],
    );
    return found ?? null;
  }

  /** One page, newest first, with one row more than asked to tell whether there is a next. */
  page(
    q: Queryable,
    { coopId, accountId }: InductionFilter,
    { after, limit }: PageRequest,
  ): Promise<InductionType[]> {
    const before = after?.[0] ?? null;
    if (accountId === null)
      return q.query(
        `SELECT ${COLUMNS} FROM induction WHERE coop_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
        [coopId, before, limit + 1],
      );
    return q.query(
      `SELECT ${COLUMNS} FROM induction WHERE coop_id = $1 AND account_id = $2 AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      [coopId, accountId, before, limit + 1],
    );
  }
}
