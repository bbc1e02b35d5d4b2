import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { TariffVersion } from './tariff.types.js';

const COLUMNS = `id, cell_id AS "cellId", valid_from AS "validFrom", set_at AS "setAt", set_by AS "setBy", content AS tariff`;

// One place at a time, so that each reads the index from its end; "is null" alone is not known to be one place.
const ofPlace = (cellIs: string): string => `
  (SELECT ${COLUMNS} FROM tariff WHERE coop_id = $1 AND cell_id ${cellIs} AND valid_from <= (SELECT app_now())
    ORDER BY cell_id DESC, valid_from DESC, id DESC LIMIT 1)`;

const IN_FORCE = `
  SELECT * FROM (${ofPlace('= $2')} UNION ALL ${ofPlace('IS NULL')}) AS latest
   WHERE tariff IS NOT NULL ORDER BY "cellId" NULLS LAST LIMIT 1`;

const page = (cellIs: string): string => `
  SELECT ${COLUMNS} FROM tariff WHERE coop_id = $1 AND ${cellIs}
     AND ($3::timestamptz IS NULL OR (valid_from, id) < ($3, $4::uuid))
   ORDER BY cell_id DESC, valid_from DESC, id DESC LIMIT $5`;
const OF_COOP = page('$2::uuid IS NULL AND cell_id IS NULL');
const OF_CELL = page('cell_id = $2');

/** Every statement on the table `tariff`. */
@Injectable()
export class TariffsRepository {
  async insert(tx: Transaction, coopId: string, version: TariffVersion): Promise<void> {
    const { id, cellId, validFrom, setAt, setBy, tariff } = version;
    await tx.query(
      `INSERT INTO tariff (coop_id, id, cell_id, valid_from, set_by, set_at, content) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [coopId, id, cellId, validFrom, setBy, setAt, tariff === null ? null : JSON.stringify(tariff)],
    );
  }

  /** What counts now for a cell, or for the whole co-op; null when it is the base rate alone. */
  async inForce(q: Queryable, coopId: string, cellId: string | null): Promise<TariffVersion | null> {
    const [version] = await q.query<TariffVersion>(IN_FORCE, [coopId, cellId]);
    return version ?? null;
  }

  /** What was set for exactly this cell, or for the whole co-op: newest first, one row more than asked. */
  versions(
    q: Queryable,
    coopId: string,
    cellId: string | null,
    request: PageRequest,
  ): Promise<TariffVersion[]> {
    const [at = null, id = null] = request.after ?? [];
    return q.query(cellId === null ? OF_COOP : OF_CELL, [coopId, cellId, at, id, request.limit + 1]);
  }
}
