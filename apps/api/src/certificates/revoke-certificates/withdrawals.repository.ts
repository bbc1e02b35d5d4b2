import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import type { ChangeReason } from '../change-reasons.js';

/** Certificates that the co-op withdrew in one call, and why. */
export interface Withdrawal {
  readonly coopId: string;
  readonly id: string;
  readonly reason: ChangeReason;
  readonly words: string;
  readonly requestedAt: Date;
  readonly recordedAt: Date | null;
  readonly certificateIds: string[];
}

/** A certificate as far as it matters to those who change it. */
export interface Changeable {
  readonly id: string;
  readonly unitId: string;
  readonly editionId: string;
  readonly serial: number;
  readonly tokenId: string;
  readonly claimKey: string;
  readonly anchored: boolean;
  readonly withdrawn: boolean;
  /** A claim is under way or done. */
  readonly claimed: boolean;
}

type Key = Pick<Withdrawal, 'coopId' | 'id'>;

const WITHDRAWALS = `SELECT w.coop_id AS "coopId", w.id, w.reason, w.words, w.requested_at AS "requestedAt",
    w.recorded_at AS "recordedAt",
    (SELECT array_agg(c.certificate_id ORDER BY c.certificate_id) FROM withdrawn_certificate c
      WHERE c.coop_id = w.coop_id AND c.withdrawal_id = w.id) AS "certificateIds"
  FROM withdrawal w`;

/** Every statement on withdrawals, and what is asked of certificates before they are changed. */
@Injectable()
export class WithdrawalsRepository {
  async changeable(q: Queryable, coopId: string, ids: readonly string[]): Promise<Changeable[]> {
    return q.query<Changeable & Record<string, unknown>>(
      `SELECT c.id, c.unit_id AS "unitId", c.edition_id AS "editionId", c.serial, c.token_id AS "tokenId",
              coalesce((SELECT r.claim_key FROM certificate_replacement r
                 WHERE r.coop_id = c.coop_id AND r.certificate_id = c.id AND r.recorded_at IS NOT NULL
                 ORDER BY r.recorded_at DESC, r.id DESC LIMIT 1), c.claim_key) AS "claimKey",
              coalesce(b.state = 'anchored', false) AND NOT EXISTS (SELECT 1 FROM batch_void v
                WHERE v.coop_id = b.coop_id AND v.batch_id = b.id AND v.given_up IS NULL) AS anchored,
              EXISTS (SELECT 1 FROM withdrawn_certificate w
                WHERE w.coop_id = c.coop_id AND w.certificate_id = c.id) AS withdrawn,
              EXISTS (SELECT 1 FROM certificate_claim k WHERE k.coop_id = c.coop_id AND k.certificate_id = c.id
                AND k.state <> 'given_up') AS claimed
         FROM certificate c LEFT JOIN anchor_batch b ON b.coop_id = c.coop_id AND b.id = c.batch_id
        WHERE c.coop_id = $1 AND c.id = ANY($2::uuid[]) ORDER BY c.edition_id, c.serial`,
      [coopId, ids],
    );
  }

  async insert(
    tx: Transaction,
    withdrawal: Omit<Withdrawal, 'recordedAt'> & { readonly requestedBy: string },
  ): Promise<void> {
    const { coopId, id, reason, words, requestedBy, requestedAt, certificateIds } = withdrawal;
    await tx.query(
      `INSERT INTO withdrawal (coop_id, id, reason, words, requested_by, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [coopId, id, reason, words, requestedBy, requestedAt],
    );
    await tx.query(
      `INSERT INTO withdrawn_certificate (coop_id, certificate_id, withdrawal_id)
       SELECT $1, certificate_id, $2 FROM unnest($3::uuid[]) AS certificate_id`,
      [coopId, id, certificateIds],
    );
  }

  async byId(q: Queryable, { coopId, id }: Key): Promise<Withdrawal | null> {
    const [row] = await q.query<Withdrawal & Record<string, unknown>>(
      `${WITHDRAWALS} WHERE w.coop_id = $1 AND w.id = $2`,
      [coopId, id],
    );
    return row ?? null;
  }

  /** The withdrawals of these certificates, by `coopId/certificateId`. */
  async ofCertificates(q: Queryable, keys: readonly Key[]): Promise<Map<string, Withdrawal>> {
    const rows = await q.query<Withdrawal & Record<string, unknown> & { of: string }>(
      `${WITHDRAWALS} JOIN withdrawn_certificate k ON k.coop_id = w.coop_id AND k.withdrawal_id = w.id
        WHERE (k.coop_id, k.certificate_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      [keys.map(({ coopId }) => coopId), keys.map(({ id }) => id)],
    );
    const entries = rows.flatMap((row) =>
      row.certificateIds.map((id) => [`${row.coopId}/${id}`, row] as const),
    );
    return new Map(entries);
  }

  /** Notes the time of its block, or null when that is gone. */
  async record(tx: Transaction, { coopId, id }: Key, recordedAt: Date | null): Promise<void> {
    await tx.query(`UPDATE withdrawal SET recorded_at = $3 WHERE coop_id = $1 AND id = $2`, [
      coopId,
      id,
      recordedAt,
    ]);
  }
}
