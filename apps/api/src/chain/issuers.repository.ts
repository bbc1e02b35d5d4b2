import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** The address under which a co-op issues, with the keys and the domain that it names on chain. */
export interface Issuer {
  readonly coopId: string;
  readonly chainId: number;
  readonly contract: Hex;
  readonly address: Hex;
  readonly domain: string;
  readonly signer: Hex;
  readonly publisher: Hex;
  readonly readyAt: Date | null;
}

const COLUMNS = `coop_id AS "coopId", chain_id::int AS "chainId", contract, address, domain, signer, publisher,
  ready_at AS "readyAt"`;

/** Every statement on the issuers. */
@Injectable()
export class IssuersRepository {
  async load(q: Queryable, coopId: string): Promise<Issuer | null> {
    const [row] = await q.query<Issuer>(`SELECT ${COLUMNS} FROM issuer WHERE coop_id = $1`, [coopId]);
    return row ?? null;
  }

  /** Co-ops that have no issuer yet. */
  async missing(q: Queryable): Promise<string[]> {
    const rows = await q.query<{ id: string }>(
      `SELECT id FROM coop WHERE NOT EXISTS (SELECT 1 FROM issuer WHERE issuer.coop_id = coop.id) LIMIT 100`,
    );
    return rows.map((row) => row.id);
  }

  /** The issuer with this address; addresses derive from co-ops, so there is at most one. */
  async byAddress(q: Queryable, address: string): Promise<Issuer | null> {
    const [row] = await q.query<Issuer>(`SELECT ${COLUMNS} FROM issuer WHERE address = $1`, [address]);
    return row ?? null;
  }

  /** The issuers that name this domain on chain, and with `others` the rest of them after those; at most 500. */
  async byDomain(q: Queryable, domain: string, others: boolean): Promise<Issuer[]> {
    return q.query<Issuer>(
      `SELECT ${COLUMNS} FROM issuer WHERE $2::boolean OR lower(domain) = $1
        ORDER BY lower(domain) = $1 DESC, coop_id LIMIT 500`,
      [domain, others],
    );
  }

  async insert(tx: Transaction, issuer: Omit<Issuer, 'readyAt'>): Promise<void> {
    await tx.query(
      `INSERT INTO issuer (coop_id, chain_id, contract, address, domain, signer, publisher)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [
        issuer.coopId,
        issuer.chainId,
        issuer.contract,
        issuer.address,
        issuer.domain,
        issuer.signer,
        issuer.publisher,
      ],
    );
  }

  /** Marks the issuer ready once all `purposes` are in a block. */
  async readyWhenIncluded(tx: Transaction, coopId: string, purposes: readonly string[]): Promise<void> {
    await tx.query(
      `UPDATE issuer SET ready_at = coalesce(ready_at, app_now()) WHERE coop_id = $1 AND
         (SELECT count(*) FROM chain_call WHERE coop_id = $1 AND purpose = ANY($2::text[])
             AND state IN ('included', 'final')) = cardinality($2::text[])`,
      [coopId, purposes],
    );
  }
}
