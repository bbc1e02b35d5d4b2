import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { CreditPackType } from './allowances.types.js';

type PackRow = Omit<CreditPackType, 'priceMinor'> & { readonly priceMinor: string };

const COLUMNS = `pack.id, pack.name, pack.cell_kind AS "cellKind", pack.minutes, pack.price_minor AS "priceMinor",
  coop.currency, pack.valid_days AS "validDays", pack.retired_at AS "retiredAt"`;
const FROM = `FROM credit_pack AS pack JOIN coop ON coop.id = pack.coop_id WHERE pack.coop_id = $1`;

const packOf = (row: PackRow): CreditPackType => ({ ...row, priceMinor: BigInt(row.priceMinor) });

/** Every statement on the table `credit_pack`. */
@Injectable()
export class PacksRepository {
  async insert(tx: Transaction, coopId: string, pack: Omit<CreditPackType, 'currency'>): Promise<void> {
    await tx.query(
      `INSERT INTO credit_pack (coop_id, id, name, cell_kind, minutes, price_minor, valid_days, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, app_now())`,
      [
        coopId,
        ...[pack.id, pack.name, pack.cellKind, pack.minutes, pack.priceMinor.toString(), pack.validDays],
      ],
    );
  }

  /** Takes a pack off sale, once; what was sold of it stays. */
  async retire(tx: Transaction, coopId: string, id: string): Promise<void> {
    await tx.query(
      `UPDATE credit_pack SET retired_at = coalesce(retired_at, app_now()) WHERE coop_id = $1 AND id = $2`,
      [coopId, id],
    );
  }

  async byId(q: Queryable, coopId: string, id: string): Promise<CreditPackType | null> {
    const [row] = await q.query<PackRow & Record<string, unknown>>(
      `SELECT ${COLUMNS} ${FROM} AND pack.id = $2`,
      [coopId, id],
    );
    return row === undefined ? null : packOf(row);
  }

  /** The pack as it is for sale, kept from being retired until the transaction ends; null when it is not on sale. */
  async forSale(tx: Transaction, coopId: string, id: string): Promise<CreditPackType | null> {
    const [row] = await tx.query<PackRow & Record<string, unknown>>(
      `SELECT ${COLUMNS} ${FROM} AND pack.id = $2 AND pack.retired_at IS NULL FOR SHARE OF pack`,
      [coopId, id],
    );
    return row === undefined ? null : packOf(row);
  }

  /** The packs of a co-op, newest first, the retired ones too. */
  async page(q: Queryable, coopId: string, { limit, after }: PageRequest): Promise<CreditPackType[]> {
    const rows = await q.query<PackRow & Record<string, unknown>>(
      `SELECT ${COLUMNS} ${FROM} AND ($2::uuid IS NULL OR pack.id < $2::uuid) ORDER BY pack.id DESC LIMIT $3`,
      [coopId, after?.[0] ?? null, limit + 1],
    );
    return rows.map(packOf);
  }
}
