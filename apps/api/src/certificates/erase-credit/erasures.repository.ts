import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../../platform/database/index.js';

/** That somebody is to be gone from the certificates of a co-op. */
export interface Erasure {
  readonly coopId: string;
  readonly accountId: string;
}

/** A document in which somebody stands, of a certificate or of a replacement of it. */
export interface DocumentShowing {
  readonly table: 'certificate' | 'certificate_replacement';
  readonly id: string;
  readonly certificateId: string;
  readonly document: string;
}

type Row<T> = T & Record<string, unknown>;

const INSERT = `INSERT INTO credit_erasure (coop_id, id, account_id, requested_by, requested_at)
  VALUES ($1, $2, $3, $4, $5)`;
const OPEN = `SELECT DISTINCT coop_id AS "coopId", account_id AS "accountId" FROM credit_erasure
  WHERE finished_at IS NULL LIMIT 100`;
// First who is shown, by the index for it, then the edition of each.
const EDITIONS = `SELECT m.certificate_id AS "certificateId", (
    SELECT c.edition_id FROM certificate c WHERE c.coop_id = m.coop_id AND c.id = m.certificate_id) AS "editionId"
  FROM (SELECT coop_id, certificate_id FROM certificate_maker
    WHERE coop_id = $1 AND account_id = $2 AND erased_at IS NULL ORDER BY certificate_id LIMIT $3) AS m`;
const PLACES = `SELECT certificate_id AS "certificateId", place FROM certificate_maker
  WHERE coop_id = $1 AND account_id = $2 AND certificate_id = ANY($3::uuid[]) AND erased_at IS NULL`;
const DOCUMENTS = `SELECT 'certificate' AS "table", id, id AS "certificateId", document FROM certificate
    WHERE coop_id = $1 AND id = ANY($2::uuid[])
  UNION ALL SELECT 'certificate_replacement', id, certificate_id, document FROM certificate_replacement
    WHERE coop_id = $1 AND certificate_id = ANY($2::uuid[])`;
const WRITE = {
  certificate: `UPDATE certificate SET document = $3 WHERE coop_id = $1 AND id = $2`,
  certificate_replacement: `UPDATE certificate_replacement SET document = $3 WHERE coop_id = $1 AND id = $2`,
} as const;
const ERASED = `UPDATE certificate_maker SET erased_at = $4
  WHERE coop_id = $1 AND account_id = $2 AND certificate_id = ANY($3::uuid[])`;
const FINISH = `UPDATE credit_erasure SET finished_at = $3
  WHERE coop_id = $1 AND account_id = $2 AND finished_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM certificate_maker WHERE coop_id = $1 AND account_id = $2 AND erased_at IS NULL)`;

/** Every statement of the erasure of a maker. */
@Injectable()
export class ErasuresRepository {
  async insert(
    tx: Transaction,
    erasure: Erasure & { readonly id: string; readonly requestedBy: string; readonly requestedAt: Date },
  ): Promise<void> {
    const { coopId, id, accountId, requestedBy, requestedAt } = erasure;
    await tx.query(INSERT, [coopId, id, accountId, requestedBy, requestedAt]);
  }

  /** Erasures that are not done. */
  open(q: Queryable): Promise<Erasure[]> {
    return q.query<Row<Erasure>>(OPEN);
  }

  /** Certificates that still show the person, with their editions. */
  next(
    q: Queryable,
    { coopId, accountId }: Erasure,
    limit: number,
  ): Promise<{ certificateId: string; editionId: string }[]> {
    return q.query<{ certificateId: string; editionId: string }>(EDITIONS, [coopId, accountId, limit]);
  }

  /** The fields of these certificates that are about the person; their editions are locked. */
  places(
    tx: Transaction,
    { coopId, accountId }: Erasure,
    certificateIds: readonly string[],
  ): Promise<{ certificateId: string; place: number }[]> {
    return tx.query<{ certificateId: string; place: number }>(PLACES, [coopId, accountId, certificateIds]);
  }

  documents(tx: Transaction, coopId: string, certificateIds: readonly string[]): Promise<DocumentShowing[]> {
    return tx.query<Row<DocumentShowing>>(DOCUMENTS, [coopId, certificateIds]);
  }

  write(tx: Transaction, coopId: string, { table, id }: DocumentShowing, document: string): void {
    tx.send(WRITE[table], [coopId, id, document]);
  }

  async erased(
    tx: Transaction,
    { coopId, accountId }: Erasure,
    certificateIds: readonly string[],
  ): Promise<void> {
    await tx.query(ERASED, [coopId, accountId, certificateIds, await tx.now()]);
  }

  /** Notes that the erasures of the person are done, unless a certificate shows them still. */
  async finish(tx: Transaction, { coopId, accountId }: Erasure): Promise<void> {
    await tx.query(FINISH, [coopId, accountId, await tx.now()]);
  }
}
