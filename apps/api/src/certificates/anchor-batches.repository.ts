import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable, Transaction } from '../platform/database/index.js';

export type BatchState = 'proposed' | 'signed' | 'anchored' | 'refused' | 'voided';

/** Consecutive certificates of an edition that are anchored together. */
export interface AnchorBatch {
  readonly coopId: string;
  readonly id: string;
  readonly editionId: string;
  readonly firstSerial: number;
  readonly unitCount: number;
  readonly root: Hex;
  /** Until this second since 1970 claims need a co-signature; 0 for none. */
  readonly cosignUntil: number;
  readonly state: BatchState;
  readonly publisherSignature: Hex | null;
  readonly refusal: string | null;
  readonly proposedAt: Date;
  readonly anchoredAt: Date | null;
}

/** Certificates of one edition that wait for a batch, with what decides whether the batch is due. */
export interface WaitingEdition {
  readonly coopId: string;
  readonly editionId: string;
  /** The serial that the next batch must begin with. */
  readonly nextSerial: number;
  /** The leaves of the serials from `nextSerial` on, without a gap. */
  readonly leaves: readonly Hex[];
  readonly oldestIssuedAt: Date;
  /** Units that are not passed or failed yet, or passed without a certificate. */
  readonly undecided: number;
}

const COLUMNS = `coop_id AS "coopId", id, edition_id AS "editionId", first_serial AS "firstSerial",
  unit_count AS "unitCount", root, extract(epoch FROM cosign_until)::int8::int AS "cosignUntil", state, publisher_signature AS "publisherSignature", refusal,
  proposed_at AS "proposedAt", anchored_at AS "anchoredAt"`;

// Apart, so that the batches of all other editions are not walked through in the order of their ids.
const OF_EDITION = `(SELECT * FROM anchor_batch WHERE coop_id = $1 AND edition_id = $2 OFFSET 0) AS b`;

const WAITING = `
  WITH next AS (SELECT coalesce(max(first_serial + unit_count), 1) AS serial
                  FROM anchor_batch WHERE coop_id = $1 AND edition_id = $2 AND state <> 'voided'),
  line AS (SELECT c.serial, c.leaf, c.issued_at, c.serial - row_number() OVER (ORDER BY c.serial) AS gap
             FROM certificate c, next
            WHERE c.coop_id = $1 AND c.edition_id = $2 AND c.batch_id IS NULL AND c.serial >= next.serial
              AND NOT EXISTS (SELECT 1 FROM batch_void v WHERE v.coop_id = $1 AND v.edition_id = $2
                AND v.batch_id IS NOT NULL AND v.given_up IS NULL AND v.final_at IS NULL)
            ORDER BY c.serial LIMIT $3)
  SELECT next.serial AS next_serial, array_agg(line.leaf ORDER BY line.serial) AS leaves,
         min(line.issued_at) AS oldest_issued_at,
         (SELECT count(*)::int FROM unit u WHERE u.coop_id = $1 AND u.edition_id = $2
             AND (u.state = 'planned' OR (u.state IN ('passed', 'handed_over') AND NOT EXISTS (
               SELECT 1 FROM certificate c WHERE c.coop_id = u.coop_id AND c.unit_id = u.id)))) AS undecided
    FROM next JOIN line ON line.gap = next.serial - 1 GROUP BY next.serial`;

type Row = AnchorBatch & Record<string, unknown>;

/** Every statement on the batches. */
@Injectable()
export class AnchorBatchesRepository {
  async insert(
    tx: Transaction,
    batch: Omit<AnchorBatch, 'state' | 'publisherSignature' | 'refusal' | 'anchoredAt' | 'cosignUntil'>,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO anchor_batch (coop_id, id, edition_id, first_serial, unit_count, root, cosign_until, state, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, to_timestamp(0), 'proposed', $7)`,
      [
        batch.coopId,
        batch.id,
        batch.editionId,
        batch.firstSerial,
        batch.unitCount,
        batch.root,
        batch.proposedAt,
      ],
    );
  }

  async load(q: Queryable, coopId: string, id: string): Promise<AnchorBatch | null> {
    const [row] = await q.query<Row>(`SELECT ${COLUMNS} FROM anchor_batch WHERE coop_id = $1 AND id = $2`, [
      coopId,
      id,
    ]);
    return row ?? null;
  }

  async byKeys(
    q: Queryable,
    keys: readonly { readonly coopId: string; readonly id: string }[],
  ): Promise<AnchorBatch[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM anchor_batch WHERE (coop_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      [keys.map(({ coopId }) => coopId), keys.map(({ id }) => id)],
    );
  }

  /** The batch that holds the serials from there on, or is to; not one that was voided. */
  async at(
    q: Queryable,
    coopId: string,
    editionId: string,
    firstSerial: number,
  ): Promise<AnchorBatch | null> {
    const [row] = await q.query<Row>(
      `SELECT ${COLUMNS} FROM anchor_batch WHERE coop_id = $1 AND edition_id = $2 AND first_serial = $3
          AND state <> 'voided'`,
      [coopId, editionId, firstSerial],
    );
    return row ?? null;
  }

  /** The batch of an edition with the highest serials that is anchored. */
  async lastAnchored(q: Queryable, coopId: string, editionId: string): Promise<AnchorBatch | null> {
    const [row] = await q.query<Row>(
      `SELECT ${COLUMNS} FROM anchor_batch WHERE coop_id = $1 AND edition_id = $2 AND state = 'anchored'
        ORDER BY first_serial DESC LIMIT 1`,
      [coopId, editionId],
    );
    return row ?? null;
  }

  /** The batches of a co-op, or of one edition, from the newest down to before the id `after`. */
  async page(
    q: Queryable,
    coopId: string,
    editionId: string | null,
    after: string | null,
    limit: number,
  ): Promise<AnchorBatch[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM ${editionId === null ? 'anchor_batch' : OF_EDITION} WHERE coop_id = $1
          AND ($2::uuid IS NULL OR edition_id = $2) AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [coopId, editionId, after, limit],
    );
  }

  async proposed(q: Queryable): Promise<AnchorBatch[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM anchor_batch WHERE state = 'proposed' ORDER BY proposed_at, id LIMIT 100`,
    );
  }

  /** Editions in which certificates wait for a batch. */
  async editionsWaiting(q: Queryable): Promise<{ coopId: string; editionId: string }[]> {
    return q.query<{ coopId: string; editionId: string }>(
      `SELECT DISTINCT coop_id AS "coopId", edition_id AS "editionId" FROM certificate WHERE batch_id IS NULL LIMIT 1000`,
    );
  }

  /** What waits in one edition, at most `most` certificates; null when its next serial has none yet. */
  async waiting(
    q: Queryable,
    coopId: string,
    editionId: string,
    most: number,
  ): Promise<WaitingEdition | null> {
    const [row] = await q.query<{
      next_serial: number;
      leaves: Hex[];
      oldest_issued_at: Date;
      undecided: number;
    }>(WAITING, [coopId, editionId, most]);
    if (row === undefined) return null;
    const { next_serial: nextSerial, leaves, oldest_issued_at: oldestIssuedAt, undecided } = row;
    return { coopId, editionId, nextSerial, leaves, oldestIssuedAt, undecided };
  }

  /** True when the batch was proposed and now is signed. */
  async sign(tx: Transaction, batch: AnchorBatch, signature: Hex, cosignUntil: number): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE anchor_batch SET state = 'signed', publisher_signature = $3, cosign_until = to_timestamp($4)
        WHERE coop_id = $1 AND id = $2 AND state = 'proposed' RETURNING 1 AS signed`,
      [batch.coopId, batch.id, signature, cosignUntil],
    );
    return rows.length > 0;
  }

  async refuse(tx: Transaction, batch: AnchorBatch, refusal: string): Promise<void> {
    await tx.query(
      `UPDATE anchor_batch SET state = 'refused', refusal = $3
        WHERE coop_id = $1 AND id = $2 AND state = 'proposed'`,
      [batch.coopId, batch.id, refusal],
    );
  }

  /** Notes the time of the block that the batch stands in, which is part of what the contract stores of it. */
  async anchor(tx: Transaction, coopId: string, id: string, anchoredAt: Date): Promise<void> {
    await tx.query(
      `UPDATE anchor_batch SET state = CASE state WHEN 'voided' THEN state ELSE 'anchored' END, anchored_at = $3
        WHERE coop_id = $1 AND id = $2 AND state IN ('signed', 'anchored', 'voided')`,
      [coopId, id, anchoredAt],
    );
  }

  /** The block of the anchoring is gone: the batch waits to stand in another. */
  async unanchor(tx: Transaction, coopId: string, id: string): Promise<void> {
    await tx.query(
      `UPDATE anchor_batch SET state = 'signed', anchored_at = NULL WHERE coop_id = $1 AND id = $2 AND state = 'anchored'`,
      [coopId, id],
    );
  }

  /** True when the run of the edition is finished and every piece that passed is anchored. */
  async isComplete(q: Queryable, coopId: string, editionId: string): Promise<boolean> {
    const [row] = await q.query<{ complete: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM run WHERE coop_id = $1 AND edition_id = $2 AND state = 'finished')
          AND NOT EXISTS (
            SELECT 1 FROM unit u LEFT JOIN certificate c ON c.coop_id = u.coop_id AND c.unit_id = u.id
              LEFT JOIN anchor_batch b ON b.coop_id = c.coop_id AND b.id = c.batch_id
             WHERE u.coop_id = $1 AND u.edition_id = $2 AND (u.state = 'planned'
               OR (u.state IN ('passed', 'handed_over') AND b.state IS DISTINCT FROM 'anchored'))) AS complete`,
      [coopId, editionId],
    );
    return row?.complete ?? false;
  }

  /** True when no batch of the edition is on its way into or out of the chain: all that happened to them is final. */
  async isSettled(q: Queryable, coopId: string, editionId: string): Promise<boolean> {
    const [row] = await q.query<{ settled: boolean }>(
      `SELECT NOT EXISTS (
           SELECT 1 FROM anchor_batch b LEFT JOIN chain_call c
               ON c.coop_id = b.coop_id AND c.purpose = 'anchor' AND c.subject_id = b.id
            WHERE b.coop_id = $1 AND b.edition_id = $2 AND b.state <> 'voided' AND c.state IS DISTINCT FROM 'final')
         AND NOT EXISTS (
           SELECT 1 FROM batch_void WHERE coop_id = $1 AND edition_id = $2 AND given_up IS NULL AND final_at IS NULL
         ) AS settled`,
      [coopId, editionId],
    );
    return row?.settled ?? false;
  }
}
