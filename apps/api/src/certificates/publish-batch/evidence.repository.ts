import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable } from '../../platform/database/index.js';

/** A certificate of a batch beside what production recorded of its unit. */
export interface PieceEvidence {
  readonly serial: number;
  readonly tokenId: string;
  readonly document: string;
  readonly documentRoot: Hex;
  readonly claimKey: Hex;
  readonly digest: Hex;
  readonly leaf: Hex;
  readonly signer: Hex;
  readonly signature: Hex;
  readonly unitState: string;
  readonly unitSerial: number | null;
  readonly unitEditionId: string;
  readonly outcome: string | null;
  readonly recordedAt: Date | null;
}

/** The edition of a batch. */
export interface EditionEvidence {
  readonly workId: string;
  readonly size: number;
  readonly gtin: string;
  /** For how many days after its anchoring a claim needs the co-signature; 0 for never. */
  readonly cosignDays: number;
}

/** What the publisher reads to judge a batch, straight from the records and not through whoever proposed it. */
@Injectable()
export class EvidenceRepository {
  async edition(q: Queryable, coopId: string, editionId: string): Promise<EditionEvidence | null> {
    const [row] = await q.query<EditionEvidence & Record<string, unknown>>(
      `SELECT e.work_id AS "workId", e.size, e.gtin, coalesce(d.cosign_days, 0) AS "cosignDays"
         FROM edition e LEFT JOIN edition_drop d ON d.coop_id = e.coop_id AND d.edition_id = e.id
        WHERE e.coop_id = $1 AND e.id = $2`,
      [coopId, editionId],
    );
    return row ?? null;
  }

  async pieces(q: Queryable, coopId: string, batchId: string): Promise<PieceEvidence[]> {
    return q.query<PieceEvidence & Record<string, unknown>>(
      `SELECT c.serial, c.token_id AS "tokenId", c.document, c.document_root AS "documentRoot",
              c.claim_key AS "claimKey", c.digest, c.leaf, c.signer, c.signature, u.state AS "unitState",
              u.serial AS "unitSerial", u.edition_id AS "unitEditionId", q.outcome, q.recorded_at AS "recordedAt"
         FROM certificate c
         JOIN unit u ON u.coop_id = c.coop_id AND u.id = c.unit_id
         LEFT JOIN quality_record q ON q.coop_id = u.coop_id AND q.unit_id = u.id
        WHERE c.coop_id = $1 AND c.batch_id = $2 ORDER BY c.serial`,
      [coopId, batchId],
    );
  }
}
