import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable, Transaction } from '../../platform/database/index.js';

export type ClaimState = 'relayed' | 'claimed' | 'given_up';

/** A claim that the co-op relays. */
export interface Claim {
  readonly coopId: string;
  readonly id: string;
  readonly certificateId: string;
  readonly recipient: Hex;
  readonly deadline: Date;
  readonly signature: Hex;
  readonly state: ClaimState;
  readonly problem: string | null;
  readonly requestedAt: Date;
  readonly claimedAt: Date | null;
}

/** What stands about a piece whose token may be claimed: the certificate in force, and what has become of it. */
export interface Claimable {
  readonly coopId: string;
  readonly id: string;
  readonly editionId: string;
  readonly serial: number;
  readonly batchId: string | null;
  readonly tokenId: string;
  /** Of the certificate in force: the newest replacement that stands in a block, else the first one. */
  readonly digest: Hex;
  readonly claimKey: Hex;
  readonly withdrawn: boolean;
  /** The piece is with its buyer. */
  readonly handedOver: boolean;
  /** For so many days after its anchoring nobody can claim it. */
  readonly objectionDays: number;
  /** Its batch was voided, or is about to be. */
  readonly voided: boolean;
  /** The claim that is under way or done. */
  readonly claimState: ClaimState | null;
  readonly claimedAt: Date | null;
}

const COLUMNS = `coop_id AS "coopId", id, certificate_id AS "certificateId", recipient, deadline, signature, state,
  problem, requested_at AS "requestedAt", claimed_at AS "claimedAt"`;

type Row = Claim & Record<string, unknown>;

/** Every statement on claims. */
@Injectable()
export class ClaimsRepository {
  async claimable(q: Queryable, certificateId: string): Promise<Claimable | null> {
    const [row] = await q.query<Claimable & Record<string, unknown>>(
      `SELECT c.coop_id AS "coopId", c.id, c.edition_id AS "editionId", c.serial, c.batch_id AS "batchId",
              c.token_id AS "tokenId", coalesce(r.digest, c.digest) AS digest,
              coalesce(r.claim_key, c.claim_key) AS "claimKey", w.certificate_id IS NOT NULL AS withdrawn,
              u.state = 'handed_over' AS "handedOver", coalesce(d.objection_days, 0) AS "objectionDays",
              EXISTS (SELECT 1 FROM batch_void v WHERE v.coop_id = c.coop_id AND v.batch_id = c.batch_id
                AND v.given_up IS NULL) OR coalesce(b.state = 'voided', false) AS voided,
              k.state AS "claimState", k.claimed_at AS "claimedAt"
         FROM certificate c JOIN unit u ON u.coop_id = c.coop_id AND u.id = c.unit_id
         LEFT JOIN edition_drop d ON d.coop_id = c.coop_id AND d.edition_id = c.edition_id
         LEFT JOIN anchor_batch b ON b.coop_id = c.coop_id AND b.id = c.batch_id
         LEFT JOIN LATERAL (
           SELECT digest, claim_key FROM certificate_replacement
            WHERE coop_id = c.coop_id AND certificate_id = c.id AND recorded_at IS NOT NULL
            ORDER BY recorded_at DESC, id DESC LIMIT 1) r ON true
         LEFT JOIN withdrawn_certificate w ON w.coop_id = c.coop_id AND w.certificate_id = c.id
         LEFT JOIN certificate_claim k
           ON k.coop_id = c.coop_id AND k.certificate_id = c.id AND k.state <> 'given_up'
        WHERE c.id = $1`,
      [certificateId],
    );
    return row ?? null;
  }

  async insert(
    tx: Transaction,
    claim: Omit<Claim, 'state' | 'problem' | 'requestedAt' | 'claimedAt'>,
    requestedAt: Date,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO certificate_claim (coop_id, id, certificate_id, recipient, deadline, signature, state, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'relayed', $7)`,
      [
        claim.coopId,
        claim.id,
        claim.certificateId,
        claim.recipient,
        claim.deadline,
        claim.signature,
        requestedAt,
      ],
    );
  }

  async byId(q: Queryable, id: string): Promise<Claim | null> {
    const [row] = await q.query<Row>(`SELECT ${COLUMNS} FROM certificate_claim WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** Since when certificates are claimed, by `coopId/certificateId`; null while a claim is on its way. */
  async ofCertificates(
    q: Queryable,
    keys: readonly { readonly coopId: string; readonly id: string }[],
  ): Promise<Map<string, Date | null>> {
    const rows = await q.query<{ coopId: string; certificateId: string; claimedAt: Date | null }>(
      `SELECT coop_id AS "coopId", certificate_id AS "certificateId", claimed_at AS "claimedAt"
         FROM certificate_claim WHERE state <> 'given_up' AND (coop_id, certificate_id) IN (
           SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      [keys.map(({ coopId }) => coopId), keys.map(({ id }) => id)],
    );
    return new Map(rows.map((row) => [`${row.coopId}/${row.certificateId}`, row.claimedAt]));
  }

  async claimed(tx: Transaction, coopId: string, id: string, claimedAt: Date): Promise<void> {
    await tx.query(
      `UPDATE certificate_claim SET state = 'claimed', claimed_at = $3
        WHERE coop_id = $1 AND id = $2 AND state <> 'given_up'`,
      [coopId, id, claimedAt],
    );
  }

  /** The block of the claim is gone: it is on its way again. */
  async relayedAgain(tx: Transaction, coopId: string, id: string): Promise<void> {
    await tx.query(
      `UPDATE certificate_claim SET state = 'relayed', claimed_at = NULL
        WHERE coop_id = $1 AND id = $2 AND state = 'claimed'`,
      [coopId, id],
    );
  }

  async giveUp(tx: Transaction, coopId: string, id: string, problem: string): Promise<void> {
    await tx.query(
      `UPDATE certificate_claim SET state = 'given_up', problem = $3
        WHERE coop_id = $1 AND id = $2 AND state = 'relayed'`,
      [coopId, id, problem],
    );
  }
}
