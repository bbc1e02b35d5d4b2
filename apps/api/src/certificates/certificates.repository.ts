import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** A certificate as it is stored; the sealed claim key stays in the table. */
export interface Certificate {
  readonly coopId: string;
  readonly id: string;
  readonly unitId: string;
  readonly editionId: string;
  readonly serial: number;
  readonly batchId: string | null;
  /** uint256 in decimal digits. */
  readonly tokenId: string;
  /** Canonical JSON of the document's fields. */
  readonly document: string;
  readonly documentRoot: Hex;
  readonly claimKey: Hex;
  readonly digest: Hex;
  readonly leaf: Hex;
  readonly signer: Hex;
  readonly signature: Hex;
  readonly issuedAt: Date;
}

/** A unit that passed and has no certificate yet. */
export interface Uncertified {
  readonly coopId: string;
  readonly unitId: string;
}

/** What a certificate of the console's list may be asked for by. */
export type CertificateStanding = 'waiting' | 'anchored' | 'claimed' | 'withdrawn' | 'replaced';

/** Which certificates of an edition are listed. */
export interface CertificateScope {
  readonly coopId: string;
  readonly editionId: string;
  readonly standing: CertificateStanding | null;
  readonly ids: readonly string[] | null;
}

const WITHDRAWN = `EXISTS (SELECT 1 FROM withdrawn_certificate w
  WHERE w.coop_id = c.coop_id AND w.certificate_id = c.id)`;
const CLAIMED = `EXISTS (SELECT 1 FROM certificate_claim k
  WHERE k.coop_id = c.coop_id AND k.certificate_id = c.id AND k.state = 'claimed')`;
const ANCHORED = `EXISTS (SELECT 1 FROM anchor_batch b
  WHERE b.coop_id = c.coop_id AND b.id = c.batch_id AND b.state = 'anchored')`;
const STANDING: Readonly<Record<CertificateStanding, string>> = {
  waiting: `NOT ${ANCHORED}`,
  anchored: `${ANCHORED} AND NOT ${WITHDRAWN} AND NOT ${CLAIMED}`,
  claimed: `${CLAIMED} AND NOT ${WITHDRAWN}`,
  // Few of many: these are looked up from their own tables and not by walking the edition.
  withdrawn: `c.id IN (SELECT certificate_id FROM withdrawn_certificate WHERE coop_id = $1)`,
  replaced: `c.id IN (SELECT certificate_id FROM certificate_replacement
    WHERE coop_id = $1 AND recorded_at IS NOT NULL)`,
};

const COLUMNS = `c.coop_id AS "coopId", c.id, c.unit_id AS "unitId", c.edition_id AS "editionId", c.serial,
  c.batch_id AS "batchId", c.token_id AS "tokenId", c.document, c.document_root AS "documentRoot",
  c.claim_key AS "claimKey", c.digest, c.leaf, c.signer, c.signature, c.issued_at AS "issuedAt"`;

type Row = Certificate & Record<string, unknown>;

/** Every statement on the certificates. */
@Injectable()
export class CertificatesRepository {
  /** False when the unit has a certificate already. */
  async insert(
    tx: Transaction,
    certificate: Omit<Certificate, 'batchId'>,
    sealedClaimKey: Buffer,
  ): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO certificate (coop_id, id, unit_id, edition_id, serial, token_id, document, document_root,
         claim_key, sealed_claim_key, digest, leaf, signer, signature, issued_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
       ON CONFLICT DO NOTHING RETURNING 1 AS inserted`,
      [
        certificate.coopId,
        certificate.id,
        certificate.unitId,
        certificate.editionId,
        certificate.serial,
        certificate.tokenId,
        certificate.document,
        certificate.documentRoot,
        certificate.claimKey,
        sealedClaimKey,
        certificate.digest,
        certificate.leaf,
        certificate.signer,
        certificate.signature,
        certificate.issuedAt,
      ],
    );
    return rows.length > 0;
  }

  async ofUnit(q: Queryable, coopId: string, unitId: string): Promise<Certificate | null> {
    const [found] = await this.ofUnits(q, [{ coopId, id: unitId }]);
    return found ?? null;
  }

  async ofUnits(
    q: Queryable,
    units: readonly { readonly coopId: string; readonly id: string }[],
  ): Promise<Certificate[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM certificate c WHERE (c.coop_id, c.unit_id) IN (
         SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      [units.map(({ coopId }) => coopId), units.map(({ id }) => id)],
    );
  }

  async byId(q: Queryable, id: string): Promise<Certificate | null> {
    const [row] = await q.query<Row>(`SELECT ${COLUMNS} FROM certificate c WHERE c.id = $1`, [id]);
    return row ?? null;
  }

  async byToken(q: Queryable, tokenId: string): Promise<Certificate | null> {
    const [row] = await q.query<Row>(`SELECT ${COLUMNS} FROM certificate c WHERE c.token_id = $1`, [tokenId]);
    return row ?? null;
  }

  async bySerial(
    q: Queryable,
    coopId: string,
    editionId: string,
    serial: number,
  ): Promise<Certificate | null> {
    const [row] = await q.query<Row>(
      `SELECT ${COLUMNS} FROM certificate c WHERE c.coop_id = $1 AND c.edition_id = $2 AND c.serial = $3`,
      [coopId, editionId, serial],
    );
    return row ?? null;
  }

  async ofBatch(q: Queryable, coopId: string, batchId: string): Promise<Certificate[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM certificate c WHERE c.coop_id = $1 AND c.batch_id = $2 ORDER BY c.serial`,
      [coopId, batchId],
    );
  }

  /** The certificates of an edition from the serial after `after` on: all, those that stand so, or those among `ids`. */
  async page(
    q: Queryable,
    { coopId, editionId, standing, ids }: CertificateScope,
    after: number,
    limit: number,
  ): Promise<Certificate[]> {
    const only = [
      standing === null ? 'true' : STANDING[standing],
      ids === null ? '$5::uuid[] IS NULL' : 'c.id = ANY($5::uuid[])',
    ];
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM certificate c WHERE c.coop_id = $1 AND c.edition_id = $2 AND c.serial > $3
          AND ${only.join(' AND ')} ORDER BY c.serial LIMIT $4`,
      [coopId, editionId, after, limit, ids],
    );
  }

  /** The leaves of a batch in the order of its serials. */
  async leavesOfBatch(
    q: Queryable,
    coopId: string,
    batchId: string,
  ): Promise<{ serial: number; leaf: Hex; digest: Hex }[]> {
    return q.query<{ serial: number; leaf: Hex; digest: Hex }>(
      `SELECT serial, leaf, digest FROM certificate WHERE coop_id = $1 AND batch_id = $2 ORDER BY serial`,
      [coopId, batchId],
    );
  }

  /** Units that passed and have no certificate: what a lost job would have made. */
  async uncertified(q: Queryable, limit: number): Promise<Uncertified[]> {
    return q.query<Uncertified & Record<string, unknown>>(
      `SELECT u.coop_id AS "coopId", u.id AS "unitId" FROM unit u
        WHERE u.state IN ('passed', 'handed_over')
          AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.coop_id = u.coop_id AND c.unit_id = u.id)
        LIMIT $1`,
      [limit],
    );
  }

  /** True while something that this key signed is not anchored for good; by what is under way, since editions are large. */
  async isLoose(q: Queryable, coopId: string, signer: string): Promise<boolean> {
    const rows = await q.query(
      `SELECT 1 AS found WHERE EXISTS (
           SELECT 1 FROM certificate c WHERE c.coop_id = $1 AND c.batch_id IS NULL AND c.signer = $2)
         OR EXISTS (
           SELECT 1 FROM anchor_batch b JOIN certificate c ON c.coop_id = b.coop_id AND c.batch_id = b.id
            WHERE b.coop_id = $1 AND b.state <> 'anchored' AND b.state <> 'voided' AND c.signer = $2)
         OR EXISTS (
           SELECT 1 FROM chain_call a JOIN certificate c ON c.coop_id = a.coop_id AND c.batch_id = a.subject_id
            WHERE a.coop_id = $1 AND a.purpose = 'anchor' AND a.state IN ('queued', 'submitted', 'included')
              AND c.signer = $2)`,
      [coopId, signer],
    );
    return rows.length > 0;
  }

  async addToBatch(
    tx: Transaction,
    coopId: string,
    editionId: string,
    batch: { readonly id: string; readonly firstSerial: number; readonly unitCount: number },
  ): Promise<void> {
    await tx.query(
      `UPDATE certificate SET batch_id = $3
        WHERE coop_id = $1 AND edition_id = $2 AND batch_id IS NULL AND serial >= $4 AND serial < $4 + $5`,
      [coopId, editionId, batch.id, batch.firstSerial, batch.unitCount],
    );
  }
}
