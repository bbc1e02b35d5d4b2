import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import type { ChangeReason } from '../change-reasons.js';

/** A certificate written anew for a serial that is anchored; in force from the block in which the issuer replaced. */
export interface Replacement {
  readonly coopId: string;
  readonly id: string;
  readonly certificateId: string;
  readonly reason: ChangeReason;
  readonly words: string;
  readonly document: string;
  readonly documentRoot: Hex;
  readonly claimKey: Hex;
  readonly digest: Hex;
  readonly leaf: Hex;
  readonly signer: Hex;
  readonly signature: Hex;
  readonly requestedAt: Date;
  readonly recordedAt: Date | null;
  readonly givenUp: string | null;
}

type Row = Replacement & Record<string, unknown>;
type Key = Pick<Replacement, 'coopId' | 'id'>;

const COLUMNS = `coop_id AS "coopId", id, certificate_id AS "certificateId", reason, words, document,
  document_root AS "documentRoot", claim_key AS "claimKey", digest, leaf, signer, signature,
  requested_at AS "requestedAt", recorded_at AS "recordedAt", given_up AS "givenUp"`;

/** Every statement on replacements. */
@Injectable()
export class ReplacementsRepository {
  async insert(
    tx: Transaction,
    replacement: Omit<Replacement, 'recordedAt' | 'givenUp'> & { readonly requestedBy: string },
    sealedClaimKey: Buffer | null,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO certificate_replacement (coop_id, id, certificate_id, reason, words, document, document_root,
         claim_key, sealed_claim_key, digest, leaf, signer, signature, requested_by, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        replacement.coopId,
        replacement.id,
        replacement.certificateId,
        replacement.reason,
        replacement.words,
        replacement.document,
        replacement.documentRoot,
        replacement.claimKey,
        sealedClaimKey,
        replacement.digest,
        replacement.leaf,
        replacement.signer,
        replacement.signature,
        replacement.requestedBy,
        replacement.requestedAt,
      ],
    );
  }

  async byId(q: Queryable, { coopId, id }: Key): Promise<Replacement | null> {
    const [row] = await q.query<Row>(
      `SELECT ${COLUMNS} FROM certificate_replacement WHERE coop_id = $1 AND id = $2`,
      [coopId, id],
    );
    return row ?? null;
  }

  /** All replacements of these certificates, oldest first. */
  async ofCertificates(q: Queryable, keys: readonly Key[]): Promise<Replacement[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM certificate_replacement
        WHERE (coop_id, certificate_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[])) ORDER BY id`,
      [keys.map(({ coopId }) => coopId), keys.map(({ id }) => id)],
    );
  }

  /** The newest that stands in a block; null when the certificate is in force as it was anchored. */
  async inForce(q: Queryable, { coopId, id }: Key): Promise<Replacement | null> {
    const [row] = await q.query<Row>(
      `SELECT ${COLUMNS} FROM certificate_replacement
        WHERE coop_id = $1 AND certificate_id = $2 AND recorded_at IS NOT NULL
        ORDER BY recorded_at DESC, id DESC LIMIT 1`,
      [coopId, id],
    );
    return row ?? null;
  }

  async isUnderWay(q: Queryable, { coopId, id }: Key): Promise<boolean> {
    const rows = await q.query(
      `SELECT 1 AS found FROM certificate_replacement
        WHERE coop_id = $1 AND certificate_id = $2 AND recorded_at IS NULL AND given_up IS NULL`,
      [coopId, id],
    );
    return rows.length > 0;
  }

  /** Notes the time of its block, or null when that is gone. */
  async record(tx: Transaction, { coopId, id }: Key, recordedAt: Date | null): Promise<void> {
    await tx.query(
      `UPDATE certificate_replacement SET recorded_at = $3 WHERE coop_id = $1 AND id = $2 AND given_up IS NULL`,
      [coopId, id, recordedAt],
    );
  }

  async giveUp(tx: Transaction, { coopId, id }: Key, words: string): Promise<void> {
    await tx.query(
      `UPDATE certificate_replacement SET given_up = $3 WHERE coop_id = $1 AND id = $2 AND recorded_at IS NULL`,
      [coopId, id, words],
    );
  }
}
