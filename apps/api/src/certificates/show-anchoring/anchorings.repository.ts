import { Injectable } from '@nestjs/common';
import { type ChainState, chainStateOf } from '../../chain/index.js';
import type { Queryable } from '../../platform/database/index.js';
import type { AnchorBatch } from '../anchor-batches.repository.js';

/** An edition with how far it has come on chain. */
export interface EditionAnchoring {
  readonly coopId: string;
  readonly id: string;
  readonly title: string;
  readonly gtin: string;
  readonly size: number;
  /** For how many days after its anchoring a claim needs the co-signer. */
  readonly cosignDays: number;
  /** For so many days after its anchoring a batch may be voided, and is not claimed. */
  readonly objectionDays: number;
  /** The calls that open and close it on chain; null until they are asked for. */
  readonly opening: ChainState | null;
  readonly closing: ChainState | null;
  readonly sold: number;
  /** Pieces that passed, each with its serial. */
  readonly made: number;
  readonly anchored: number;
  readonly final: number;
  readonly newestBatch: Pick<
    AnchorBatch,
    'id' | 'firstSerial' | 'unitCount' | 'state' | 'refusal' | 'anchoredAt'
  > | null;
  /** A batch is on its way to being voided for good. */
  readonly voiding: boolean;
}

// What the state that is told follows from; null where nobody asked for the call.
const standOf = (call: string): string =>
  `CASE WHEN ${call}.id IS NOT NULL
        THEN jsonb_build_object('state', ${call}.state, 'safe', ${call}.safe_at IS NOT NULL) END`;

// One row of each by its key, for a page of editions and no more.
const callOf = (purpose: string): string =>
  `SELECT * FROM chain_call WHERE coop_id = e.coop_id AND purpose = '${purpose}' AND subject_id = e.id LIMIT 1`;

const PAGE = `
  SELECT e.coop_id AS "coopId", e.id, w.title, e.gtin, e.size, coalesce(d.cosign_days, 0) AS "cosignDays",
         coalesce(d.objection_days, 0) AS "objectionDays",
         ${standOf('opened')} AS opening, ${standOf('closed')} AS closing,
         coalesce(d.units_sold, 0) AS sold, e.next_serial - 1 AS made,
         coalesce(total.anchored, 0)::int AS anchored, coalesce(total.final, 0)::int AS final,
         newest.batch AS "newestBatch", EXISTS (SELECT 1 FROM batch_void v WHERE v.coop_id = e.coop_id
           AND v.edition_id = e.id AND v.given_up IS NULL AND v.final_at IS NULL) AS voiding
    FROM (SELECT * FROM edition WHERE coop_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ($3::uuid IS NULL OR id = $3)
           ORDER BY id DESC LIMIT $4) AS e
    JOIN work w ON w.coop_id = e.coop_id AND w.id = e.work_id
    LEFT JOIN LATERAL (
      SELECT * FROM edition_drop WHERE coop_id = e.coop_id AND edition_id = e.id LIMIT 1) AS d ON true
    LEFT JOIN LATERAL (${callOf('open_edition')}) AS opened ON true
    LEFT JOIN LATERAL (${callOf('close_edition')}) AS closed ON true
    LEFT JOIN LATERAL (
      SELECT sum(b.unit_count) FILTER (WHERE b.state = 'anchored') AS anchored,
             sum(b.unit_count) FILTER (WHERE b.state = 'anchored' AND c.state = 'final') AS final
        FROM anchor_batch b LEFT JOIN chain_call c
          ON c.coop_id = b.coop_id AND c.purpose = 'anchor' AND c.subject_id = b.id
       WHERE b.coop_id = e.coop_id AND b.edition_id = e.id) AS total ON true
    LEFT JOIN LATERAL (
      SELECT jsonb_build_object('id', b.id, 'firstSerial', b.first_serial, 'unitCount', b.unit_count, 'state', b.state,
               'refusal', b.refusal, 'anchoredAt', b.anchored_at) AS batch
        FROM anchor_batch b WHERE b.coop_id = e.coop_id AND b.edition_id = e.id
         -- One that was voided and whose certificates were issued anew is history.
         AND (b.state <> 'voided' OR EXISTS (
           SELECT 1 FROM certificate c WHERE c.coop_id = b.coop_id AND c.batch_id = b.id))
       ORDER BY b.first_serial DESC LIMIT 1) AS newest ON true
   ORDER BY e.id DESC`;

type Stand = Parameters<typeof chainStateOf>[0] | null;

type Row = Omit<EditionAnchoring, 'opening' | 'closing' | 'newestBatch'> & {
  readonly opening: Stand;
  readonly closing: Stand;
  readonly newestBatch: (Omit<AnchorBatch, 'anchoredAt'> & { readonly anchoredAt: string | null }) | null;
} & Record<string, unknown>;

/** Reads how far editions have come on chain. */
@Injectable()
export class AnchoringsRepository {
  /** The editions of a co-op, or the one named, from the newest down to before the id `after`. */
  async page(
    q: Queryable,
    coopId: string,
    editionId: string | null,
    after: string | null,
    limit: number,
  ): Promise<EditionAnchoring[]> {
    const rows = await q.query<Row>(PAGE, [coopId, after, editionId, limit]);
    return rows.map((row) => ({
      ...row,
      opening: row.opening && chainStateOf(row.opening),
      closing: row.closing && chainStateOf(row.closing),
      newestBatch: row.newestBatch && batchOf(row.newestBatch),
    }));
  }
}

function batchOf(batch: NonNullable<Row['newestBatch']>): NonNullable<EditionAnchoring['newestBatch']> {
  return { ...batch, anchoredAt: batch.anchoredAt === null ? null : new Date(batch.anchoredAt) };
}
