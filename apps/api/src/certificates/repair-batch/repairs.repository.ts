import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import type { Written } from '../issue-certificate/issue-certificate.js';

/** What is done about a batch that the publisher refused. */
export type Remedy = 'judge_again' | 'issue_anew';

/** A certificate that is to be written anew: its sealed key opens, or it gets another. */
export interface Piece {
  readonly id: string;
  readonly unitId: string;
  readonly serial: number;
  readonly tokenId: string;
  readonly sealedClaimKey: Buffer;
}

/** A decision about a refused batch. */
export interface BatchRepair {
  readonly coopId: string;
  readonly id: string;
  readonly batchId: string;
  readonly refusal: string;
  readonly remedy: Remedy;
  readonly words: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

/** Every statement of the repair of a refused batch. */
@Injectable()
export class RepairsRepository {
  /** The certificates of these serials, whichever batch their rows name. */
  async pieces(
    q: Queryable,
    batch: {
      readonly coopId: string;
      readonly editionId: string;
      readonly firstSerial: number;
      readonly unitCount: number;
    },
  ): Promise<Piece[]> {
    return q.query<Piece & Record<string, unknown>>(
      `SELECT id, unit_id AS "unitId", serial, token_id AS "tokenId", sealed_claim_key AS "sealedClaimKey"
         FROM certificate WHERE coop_id = $1 AND edition_id = $2 AND serial >= $3 AND serial < $3 + $4
        ORDER BY serial`,
      [batch.coopId, batch.editionId, batch.firstSerial, batch.unitCount],
    );
  }

  /** Writes over a certificate that does not stand on chain, and puts it into the batch, or before the sweep that makes one. */
  async rewrite(
    tx: Transaction,
    coopId: string,
    certificateId: string,
    batchId: string | null,
    written: Written,
    issuedAt: Date,
  ): Promise<void> {
    await tx.query(
      `UPDATE certificate SET batch_id = $3, token_id = $4, document = $5, document_root = $6, claim_key = $7,
         sealed_claim_key = coalesce($8, sealed_claim_key), digest = $9, leaf = $10, signer = $11, signature = $12,
         issued_at = $13 WHERE coop_id = $1 AND id = $2`,
      [
        coopId,
        certificateId,
        batchId,
        written.tokenId,
        written.document,
        written.documentRoot,
        written.claimKey,
        written.sealedClaimKey,
        written.digest,
        written.leaf,
        written.signer,
        written.signature,
        issuedAt,
      ],
    );
  }

  /**
   * The words of whoever voided a batch that is voided; null once its certificates were issued anew, and while the void is on
   * its way again. One that was given up after all found a chain set back to before the batch, which is gone either way.
   */
  async whyVoided(q: Queryable, { coopId, id }: Pick<BatchRepair, 'coopId' | 'id'>): Promise<string | null> {
    const [row] = await q.query<{ words: string }>(
      `SELECT v.words FROM (SELECT * FROM batch_void WHERE coop_id = $1 AND batch_id = $2 ORDER BY id DESC LIMIT 1) AS v
        WHERE (v.final_at IS NOT NULL OR v.given_up IS NOT NULL)
          AND EXISTS (SELECT 1 FROM certificate c WHERE c.coop_id = $1 AND c.batch_id = $2)`,
      [coopId, id],
    );
    return row?.words ?? null;
  }

  /** True when the batch was refused and now is proposed again, with this root. */
  async proposeAgain(tx: Transaction, coopId: string, batchId: string, root: Hex): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE anchor_batch SET state = 'proposed', refusal = NULL, root = $3
        WHERE coop_id = $1 AND id = $2 AND state = 'refused' RETURNING 1 AS proposed`,
      [coopId, batchId, root],
    );
    return rows.length > 0;
  }

  async insert(tx: Transaction, repair: BatchRepair): Promise<void> {
    await tx.query(
      `INSERT INTO batch_repair (coop_id, id, batch_id, refusal, remedy, words, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        repair.coopId,
        repair.id,
        repair.batchId,
        repair.refusal,
        repair.remedy,
        repair.words,
        repair.decidedBy,
        repair.decidedAt,
      ],
    );
  }
}
