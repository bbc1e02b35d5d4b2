import { Injectable } from '@nestjs/common';
import type { Agreement } from '@touchmark/splits';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** One version of an agreement with its terms. */
export interface AgreementVersionRow {
  readonly id: string;
  readonly agreementId: string;
  readonly name: string;
  readonly version: number;
  readonly terms: Agreement;
  readonly approvals: readonly (Date | null)[];
  readonly proposedAt: Date;
  readonly activatedAt: Date | null;
}

/** How far an agreement version has come in one currency, in minor units. */
export interface RunningTotal {
  readonly versionId: string;
  readonly currency: string;
  readonly soldMinor: bigint;
  readonly handedOverMinor: bigint;
}

interface VersionRecord {
  id: string;
  agreement_id: string;
  name: string;
  version: number;
  fee_numerator: string;
  fee_denominator: string;
  proposed_at: Date;
  activated_at: Date | null;
  parties: { account_id: string; weight: string; approved_at: string | null }[];
}

const VERSION_COLUMNS = `
  v.id, v.agreement_id, a.name, v.version, v.fee_numerator, v.fee_denominator, v.proposed_at, v.activated_at,
  (SELECT json_agg(json_build_object('account_id', p.account_id, 'weight', p.weight::text, 'approved_at', p.approved_at)
     ORDER BY p.position)
     FROM agreement_party p WHERE p.coop_id = v.coop_id AND p.version_id = v.id) AS parties`;

const BY_IDS = `SELECT ${VERSION_COLUMNS} FROM agreement_version v
  JOIN agreement a ON a.coop_id = v.coop_id AND a.id = v.agreement_id
  WHERE v.coop_id = $1 AND v.id = ANY($2::uuid[])`;

const NEWEST_OF = `SELECT DISTINCT ON (v.agreement_id) ${VERSION_COLUMNS} FROM agreement_version v
  JOIN agreement a ON a.coop_id = v.coop_id AND a.id = v.agreement_id
  WHERE v.coop_id = $1 AND v.agreement_id = ANY($2::uuid[]) ORDER BY v.agreement_id, v.version DESC`;

function rowOf(record: VersionRecord): AgreementVersionRow {
  const feeWeight = BigInt(record.fee_numerator);
  return {
    id: record.id,
    agreementId: record.agreement_id,
    name: record.name,
    version: record.version,
    terms: {
      feeWeight,
      restWeight: BigInt(record.fee_denominator) - feeWeight,
      parties: record.parties.map((party) => ({ partyId: party.account_id, weight: BigInt(party.weight) })),
    },
    approvals: record.parties.map((party) =>
      party.approved_at === null ? null : new Date(party.approved_at),
    ),
    proposedAt: record.proposed_at,
    activatedAt: record.activated_at,
  };
}

/** Every statement on the agreements' tables. */
@Injectable()
export class AgreementsRepository {
  async versions(q: Queryable, coopId: string, ids: readonly string[]): Promise<AgreementVersionRow[]> {
    return (await q.query<VersionRecord & Record<string, unknown>>(BY_IDS, [coopId, ids])).map(rowOf);
  }

  /** The newest version of each agreement. */
  async newest(
    q: Queryable,
    coopId: string,
    agreementIds: readonly string[],
  ): Promise<AgreementVersionRow[]> {
    return (await q.query<VersionRecord & Record<string, unknown>>(NEWEST_OF, [coopId, agreementIds])).map(
      rowOf,
    );
  }

  /** Agreement ids in order of their making, `limit` + 1 at most. */
  async agreementIds(q: Queryable, coopId: string, after: string | null, limit: number): Promise<string[]> {
    const rows = await q.query<{ id: string }>(
      `SELECT id FROM agreement WHERE coop_id = $1 AND ($2::uuid IS NULL OR id > $2::uuid) ORDER BY id LIMIT $3`,
      [coopId, after, limit + 1],
    );
    return rows.map((row) => row.id);
  }

  async insert(
    tx: Transaction,
    coopId: string,
    version: {
      agreementId: string;
      versionId: string;
      name: string;
      proposedBy: string;
      at: Date;
      terms: Agreement;
    },
  ): Promise<void> {
    const { terms } = version;
    await tx.query(`INSERT INTO agreement (coop_id, id, name) VALUES ($1, $2, $3)`, [
      coopId,
      version.agreementId,
      version.name,
    ]);
    await tx.query(
      `INSERT INTO agreement_version (coop_id, id, agreement_id, version, fee_numerator, fee_denominator, proposed_by, proposed_at)
       VALUES ($1, $2, $3, 1, $4, $5, $6, $7)`,
      [
        coopId,
        version.versionId,
        version.agreementId,
        terms.feeWeight.toString(),
        (terms.feeWeight + terms.restWeight).toString(),
        version.proposedBy,
        version.at,
      ],
    );
    await tx.query(
      `INSERT INTO agreement_party (coop_id, version_id, position, account_id, weight)
       SELECT $1, $2, ordinality, account_id, weight
         FROM unnest($3::uuid[], $4::bigint[]) WITH ORDINALITY AS party (account_id, weight, ordinality)`,
      [
        coopId,
        version.versionId,
        terms.parties.map((party) => party.partyId),
        terms.parties.map((party) => party.weight.toString()),
      ],
    );
  }

  /** Which of `accountIds` are members of the co-op today. */
  async members(tx: Transaction, coopId: string, accountIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ account_id: string }>(
      `SELECT account_id FROM membership WHERE coop_id = $1 AND account_id = ANY($2::uuid[]) AND removed_at IS NULL`,
      [coopId, accountIds],
    );
    return new Set(rows.map((row) => row.account_id));
  }

  /** Notes a party's approval; false when the account is no party of the version. */
  async approve(
    tx: Transaction,
    coopId: string,
    versionId: string,
    accountId: string,
    at: Date,
  ): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE agreement_party SET approved_at = coalesce(approved_at, $4)
        WHERE coop_id = $1 AND version_id = $2 AND account_id = $3 RETURNING 1 AS approved`,
      [coopId, versionId, accountId, at],
    );
    return rows.length > 0;
  }

  /** Makes the version active once every party has approved it. */
  async activateWhenApproved(tx: Transaction, coopId: string, versionId: string, at: Date): Promise<void> {
    await tx.query(
      `UPDATE agreement_version SET activated_at = coalesce(activated_at, $3)
        WHERE coop_id = $1 AND id = $2 AND NOT EXISTS (
          SELECT 1 FROM agreement_party WHERE coop_id = $1 AND version_id = $2 AND approved_at IS NULL)`,
      [coopId, versionId, at],
    );
  }

  async totals(q: Queryable, coopId: string, versionIds: readonly string[]): Promise<RunningTotal[]> {
    const rows = await q.query<{
      version_id: string;
      currency: string;
      sold_minor: string;
      handed_over_minor: string;
    }>(
      `SELECT version_id, currency, sold_minor, handed_over_minor FROM agreement_total
        WHERE coop_id = $1 AND version_id = ANY($2::uuid[])`,
      [coopId, versionIds],
    );
    return rows.map((row) => ({
      versionId: row.version_id,
      currency: row.currency,
      soldMinor: BigInt(row.sold_minor),
      handedOverMinor: BigInt(row.handed_over_minor),
    }));
  }

  async saveTotals(tx: Transaction, coopId: string, totals: readonly RunningTotal[]): Promise<void> {
    await tx.query(
      `INSERT INTO agreement_total (coop_id, version_id, currency, sold_minor, handed_over_minor)
       SELECT $1, t.* FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[]) AS t
       ON CONFLICT (coop_id, version_id, currency)
       DO UPDATE SET sold_minor = excluded.sold_minor, handed_over_minor = excluded.handed_over_minor`,
      [
        coopId,
        totals.map((total) => total.versionId),
        totals.map((total) => total.currency),
        totals.map((total) => total.soldMinor.toString()),
        totals.map((total) => total.handedOverMinor.toString()),
      ],
    );
  }
}
