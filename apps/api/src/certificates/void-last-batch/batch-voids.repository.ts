import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable, Transaction } from '../../platform/database/index.js';

/** The last batch of an edition on chain that its issuer takes back, and why. */
export interface BatchVoid {
  readonly coopId: string;
  readonly id: string;
  readonly editionId: string;
  /** Null for a batch that was not made here. */
  readonly batchId: string | null;
  readonly firstSerial: number;
  readonly unitCount: number;
  readonly root: Hex;
  readonly words: string;
  readonly requestedAt: Date;
  readonly recordedAt: Date | null;
  readonly finalAt: Date | null;
  readonly givenUp: string | null;
}

/** What stands against voiding a batch of ours, by what is recorded of it. */
export interface BatchStanding {
  /** Its anchoring can no longer be undone by the chain itself. */
  readonly final: boolean;
  /** The first serial of a batch behind it, whatever became of that; null when it is the last. */
  readonly nextSerial: number | null;
  /** Serials of it that were withdrawn, replaced or claimed, or are about to be. */
  readonly changed: readonly number[];
}

type Key = Pick<BatchVoid, 'coopId' | 'id'>;
type Row = BatchVoid & Record<string, unknown>;

const COLUMNS = `coop_id AS "coopId", id, edition_id AS "editionId", batch_id AS "batchId", first_serial AS "firstSerial",
  unit_count AS "unitCount", root, words, requested_at AS "requestedAt", recorded_at AS "recordedAt", final_at AS "finalAt",
  given_up AS "givenUp"`;

// By their keys, one by one: a batch is small and these tables are not.
const ofCertificate = (table: string): string =>
  `SELECT 1 AS found FROM ${table} WHERE coop_id = c.coop_id AND certificate_id = c.id`;

const STANDING = `
  SELECT EXISTS (SELECT 1 FROM chain_call a WHERE a.coop_id = b.coop_id AND a.purpose = 'anchor'
             AND a.subject_id = b.id AND a.state = 'final') AS final,
         (SELECT min(n.first_serial) FROM anchor_batch n WHERE n.coop_id = b.coop_id AND n.edition_id = b.edition_id
             AND n.first_serial > b.first_serial AND n.state <> 'voided') AS "nextSerial",
         (SELECT coalesce(array_agg(c.serial ORDER BY c.serial), '{}') FROM certificate c
            LEFT JOIN LATERAL (${ofCertificate('withdrawn_certificate')} LIMIT 1) w ON true
            LEFT JOIN LATERAL (${ofCertificate('certificate_replacement')} AND given_up IS NULL LIMIT 1) r ON true
            LEFT JOIN LATERAL (${ofCertificate('certificate_claim')} AND state <> 'given_up' LIMIT 1) k ON true
           WHERE c.coop_id = b.coop_id AND c.batch_id = b.id
             AND (w.found IS NOT NULL OR r.found IS NOT NULL OR k.found IS NOT NULL)) AS changed
    FROM anchor_batch b WHERE b.coop_id = $1 AND b.id = $2`;

/** Every statement on the voiding of batches. */
@Injectable()
export class BatchVoidsRepository {
  async insert(
    tx: Transaction,
    voided: Omit<BatchVoid, 'recordedAt' | 'finalAt' | 'givenUp'> & { readonly requestedBy: string },
  ): Promise<void> {
    const { coopId, id, editionId, batchId, firstSerial, unitCount, root, words } = voided;
    await tx.query(
      `INSERT INTO batch_void (coop_id, id, edition_id, batch_id, first_serial, unit_count, root, words, requested_by,
         requested_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[coopId, id, editionId, batchId, firstSerial, unitCount, root, words],
        ...[voided.requestedBy, voided.requestedAt],
      ],
    );
  }

  async byId(q: Queryable, { coopId, id }: Key): Promise<BatchVoid | null> {
    const [row] = await q.query<Row>(`SELECT ${COLUMNS} FROM batch_void WHERE coop_id = $1 AND id = $2`, [
      coopId,
      id,
    ]);
    return row ?? null;
  }

  /** The voids of an edition from the newest down to before the id `after`. */
  async page(
    q: Queryable,
    coopId: string,
    editionId: string,
    after: string | null,
    limit: number,
  ): Promise<BatchVoid[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM batch_void WHERE coop_id = $1 AND edition_id = $2 AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      [coopId, editionId, after, limit],
    );
  }

  /** True while a batch of the edition is on its way to being voided for good. */
  async isUnderWay(q: Queryable, coopId: string, editionId: string): Promise<boolean> {
    const rows = await q.query(
      `SELECT 1 AS found FROM batch_void
        WHERE coop_id = $1 AND edition_id = $2 AND given_up IS NULL AND final_at IS NULL LIMIT 1`,
      [coopId, editionId],
    );
    return rows.length > 0;
  }

  async standing(q: Queryable, { coopId, id }: Key): Promise<BatchStanding | null> {
    const [row] = await q.query<BatchStanding & Record<string, unknown>>(STANDING, [coopId, id]);
    return row ?? null;
  }

  /** Notes the time of its block, or null when that is gone. */
  async record(tx: Transaction, { coopId, id }: Key, recordedAt: Date | null): Promise<void> {
    await tx.query(
      `UPDATE batch_void SET recorded_at = $3, final_at = NULL
        WHERE coop_id = $1 AND id = $2 AND given_up IS NULL`,
      [coopId, id, recordedAt],
    );
  }

  /** Its block can no longer be replaced, so the batch is gone for good. */
  async finish(tx: Transaction, { coopId, id }: Key): Promise<void> {
    await tx.query(
      `UPDATE batch_void SET final_at = app_now() WHERE coop_id = $1 AND id = $2 AND recorded_at IS NOT NULL`,
      [coopId, id],
    );
    await tx.query(
      `UPDATE anchor_batch b SET state = 'voided' FROM batch_void v
        WHERE v.coop_id = $1 AND v.id = $2 AND b.coop_id = v.coop_id AND b.id = v.batch_id AND b.state = 'anchored'`,
      [coopId, id],
    );
  }

  async giveUp(tx: Transaction, { coopId, id }: Key, words: string): Promise<void> {
    await tx.query(
      `UPDATE batch_void SET given_up = $3 WHERE coop_id = $1 AND id = $2 AND recorded_at IS NULL`,
      [coopId, id, words],
    );
  }
}
