import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** The purpose of the call that retires a signer without waiting for what it signed; its subject is the key. */
export const RETIRE_AT_ONCE = 'retire_signer_at_once';

export type KeyPurpose = 'signer' | 'publisher' | 'cosigner';

/** A key that an issuer has named on chain, by block time. */
export interface IssuerKey {
  readonly coopId: string;
  readonly id: string;
  readonly purpose: KeyPurpose;
  readonly address: Hex;
  readonly requestedAt: Date;
  /** Null until its naming stands in a block. */
  readonly validFrom: Date | null;
  readonly retiringAt: Date | null;
  readonly retiredAt: Date | null;
  /** Why it was retired, for people. */
  readonly words: string | null;
}

type Row = IssuerKey & Record<string, unknown>;
type Key = Pick<IssuerKey, 'coopId' | 'id'>;

const COLUMNS = `coop_id AS "coopId", id, purpose, address, requested_at AS "requestedAt", valid_from AS "validFrom",
  retiring_at AS "retiringAt", retired_at AS "retiredAt", words`;

/** Every statement on the keys of issuers. */
@Injectable()
export class IssuerKeysRepository {
  /** Locks the co-op, so that its keys change one after another. */
  async lock(tx: Transaction, coopId: string): Promise<void> {
    tx.locking('coop', [coopId]);
    await tx.query(`SELECT 1 AS locked FROM coop WHERE id = $1 FOR NO KEY UPDATE`, [coopId]);
  }

  /** Does nothing when the issuer has named the key before. */
  async insert(
    tx: Transaction,
    key: Pick<IssuerKey, 'coopId' | 'id' | 'purpose' | 'address'>,
  ): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO issuer_key (coop_id, id, purpose, address, requested_at) VALUES ($1, $2, $3, $4, app_now())
       ON CONFLICT ON CONSTRAINT issuer_key_once DO NOTHING RETURNING 1 AS inserted`,
      [key.coopId, key.id, key.purpose, key.address],
    );
    return rows.length > 0;
  }

  async byId(q: Queryable, { coopId, id }: Key): Promise<IssuerKey | null> {
    const [row] = await q.query<Row>(`SELECT ${COLUMNS} FROM issuer_key WHERE coop_id = $1 AND id = $2`, [
      coopId,
      id,
    ]);
    return row ?? null;
  }

  async byAddress(
    q: Queryable,
    coopId: string,
    purpose: KeyPurpose,
    address: string,
  ): Promise<IssuerKey | null> {
    const [row] = await q.query<Row>(
      `SELECT ${COLUMNS} FROM issuer_key WHERE coop_id = $1 AND purpose = $2 AND address = $3`,
      [coopId, purpose, address],
    );
    return row ?? null;
  }

  /** The keys in the order in which they were asked for, after the id `after`. */
  async page(q: Queryable, coopId: string, after: string | null, limit: number): Promise<IssuerKey[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM issuer_key WHERE coop_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [coopId, after, limit],
    );
  }

  /** The addresses whose signatures count now: none that is to be retired at once, though no block has that yet. */
  async signersInForce(q: Queryable, coopId: string): Promise<Hex[]> {
    const rows = await q.query<{ address: Hex }>(
      `SELECT k.address FROM issuer_key k
        WHERE k.coop_id = $1 AND k.purpose = 'signer' AND k.retired_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM chain_call c
            WHERE c.coop_id = k.coop_id AND c.purpose = $2 AND c.subject_id = k.id)`,
      [coopId, RETIRE_AT_ONCE],
    );
    return rows.map(({ address }) => address);
  }

  /** A signer that is named and not yet the one that signs; at most one at a time. */
  async isRotating(q: Queryable, coopId: string): Promise<boolean> {
    const rows = await q.query(
      `SELECT 1 AS found FROM issuer_key k JOIN issuer i ON i.coop_id = k.coop_id
        WHERE k.coop_id = $1 AND k.purpose = 'signer' AND k.address <> i.signer AND k.retiring_at IS NULL
          AND k.id > (SELECT c.id FROM issuer_key c
            WHERE c.coop_id = $1 AND c.purpose = 'signer' AND c.address = i.signer)`,
      [coopId],
    );
    return rows.length > 0;
  }

  /** Notes the time of the block in which the issuer named its first keys, or null when that is gone. */
  async nameFirst(tx: Transaction, coopId: string, purpose: KeyPurpose, at: Date | null): Promise<void> {
    await tx.query(
      `UPDATE issuer_key SET valid_from = $3 WHERE coop_id = $1 AND purpose = $2
          AND id = (SELECT id FROM issuer_key WHERE coop_id = $1 AND purpose = $2 ORDER BY id LIMIT 1)`,
      [coopId, purpose, at],
    );
  }

  async name(tx: Transaction, { coopId, id }: Key, at: Date | null): Promise<void> {
    await tx.query(`UPDATE issuer_key SET valid_from = $3 WHERE coop_id = $1 AND id = $2`, [coopId, id, at]);
  }

  /** From now on this key signs the issuer's certificates. */
  async signWith(tx: Transaction, { coopId, id }: Key): Promise<void> {
    await tx.query(
      `UPDATE issuer SET signer = k.address FROM issuer_key k
        WHERE issuer.coop_id = $1 AND k.coop_id = $1 AND k.id = $2 AND k.retiring_at IS NULL`,
      [coopId, id],
    );
  }

  async startRetiring(tx: Transaction, { coopId, id }: Key, at: Date, words: string): Promise<void> {
    await tx.query(
      `UPDATE issuer_key SET retiring_at = $3, words = $4 WHERE coop_id = $1 AND id = $2 AND retiring_at IS NULL`,
      [coopId, id, at, words],
    );
  }

  async retire(tx: Transaction, { coopId, id }: Key, at: Date | null): Promise<void> {
    await tx.query(`UPDATE issuer_key SET retired_at = $3 WHERE coop_id = $1 AND id = $2`, [coopId, id, at]);
  }
}
