import { Injectable } from '@nestjs/common';
import type { ChangeoverRow } from '@touchmark/calendar';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { CellKey } from './cells.repository.js';

/** What a cell can be set up for, and the matrix between its families as it was written. */
export interface CellSetup {
  readonly coopId: string;
  readonly cellId: string;
  readonly families: readonly string[];
  /** The family of whoever names none; null exactly when there are no families. */
  readonly defaultFamily: string | null;
  readonly rows: readonly ChangeoverRow[];
}

type WrittenRow = Omit<ChangeoverRow, 'costMinor'> & { readonly costMinor: string };
type SetupRow = Omit<CellSetup, 'rows'> & { readonly rows: readonly WrittenRow[] };

/** Every statement on the tables `setup_family` and `changeover`. */
@Injectable()
export class ChangeoversRepository {
  /** Puts families and matrix in the place of those before; the cell is locked by the caller. */
  async replace(
    tx: Transaction,
    { coopId, cellId, families, defaultFamily, rows }: CellSetup,
  ): Promise<void> {
    await tx.query('UPDATE cell SET default_family = NULL WHERE coop_id = $1 AND id = $2', [coopId, cellId]);
    await tx.query('DELETE FROM setup_family WHERE coop_id = $1 AND cell_id = $2', [coopId, cellId]);
    await tx.query('DELETE FROM changeover WHERE coop_id = $1 AND cell_id = $2', [coopId, cellId]);
    await tx.query('INSERT INTO setup_family (coop_id, cell_id, name) SELECT $1, $2, unnest($3::text[])', [
      ...[coopId, cellId, families],
    ]);
    await tx.query(
      `INSERT INTO changeover (coop_id, cell_id, from_family, to_family, minutes, cost_minor)
       SELECT $1, $2, row.* FROM unnest($3::text[], $4::text[], $5::integer[], $6::bigint[]) AS row`,
      [
        ...[coopId, cellId],
        rows.map((row) => row.from),
        rows.map((row) => row.to),
        rows.map((row) => row.minutes),
        rows.map((row) => row.costMinor.toString()),
      ],
    );
    await tx.query('UPDATE cell SET default_family = $3 WHERE coop_id = $1 AND id = $2', [
      ...[coopId, cellId, defaultFamily],
    ]);
  }

  /** The setups of these cells, families and rows by name; what does not exist is left out. */
  async ofCells(q: Queryable, cells: readonly CellKey[]): Promise<CellSetup[]> {
    const found = await q.query<SetupRow>(
      `SELECT cell.coop_id AS "coopId", cell.id AS "cellId", cell.default_family AS "defaultFamily",
         ARRAY(SELECT name FROM setup_family AS family
                WHERE family.coop_id = cell.coop_id AND family.cell_id = cell.id ORDER BY name) AS families,
         (SELECT coalesce(json_agg(json_build_object('from', row.from_family, 'to', row.to_family, 'minutes', row.minutes,
             'costMinor', row.cost_minor::text) ORDER BY row.from_family, row.to_family), '[]')
            FROM changeover AS row WHERE row.coop_id = cell.coop_id AND row.cell_id = cell.id) AS rows
         FROM cell JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, id) USING (coop_id, id)`,
      [cells.map((cell) => cell.coopId), cells.map((cell) => cell.id)],
    );
    return found.map((setup) => ({
      ...setup,
      rows: setup.rows.map((row) => ({ ...row, costMinor: BigInt(row.costMinor) })),
    }));
  }
}
