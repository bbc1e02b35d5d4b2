import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { CellType, StationType } from './workshop.types.js';

export interface CellKey {
  readonly coopId: string;
  readonly id: string;
}

export interface StationRow extends StationType {
  readonly coopId: string;
  readonly cellId: string;
}

type CellRow = Omit<CellType, 'hourlyRateMinor'> & { readonly hourlyRateMinor: string };

const COLUMNS = `cell.coop_id AS "coopId", cell.id, cell.workshop_id AS "workshopId", cell.kind, cell.name,
  cell.grid_minutes AS "gridMinutes", cell.max_minutes AS "maxMinutes", cell.hourly_rate_minor AS "hourlyRateMinor"`;
const STATION = `station.coop_id AS "coopId", station.id, station.cell_id AS "cellId", station.number`;

function cellOf(row: CellRow): CellType {
  return { ...row, hourlyRateMinor: BigInt(row.hourlyRateMinor) };
}

const idsOf = (keys: readonly CellKey[]): [string[], string[]] => [
  keys.map((key) => key.coopId),
  keys.map((key) => key.id),
];

/** Every statement on the tables `cell` and `station`. */
@Injectable()
export class CellsRepository {
  /** Writes a cell and its stations, numbered from 1. */
  async insert(tx: Transaction, cell: CellType, stations: number): Promise<void> {
    await tx.query(
      `INSERT INTO cell (coop_id, id, workshop_id, kind, name, grid_minutes, max_minutes, hourly_rate_minor)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        cell.coopId,
        cell.id,
        cell.workshopId,
        cell.kind,
        cell.name,
        cell.gridMinutes,
        cell.maxMinutes,
        cell.hourlyRateMinor.toString(),
      ],
    );
    await tx.query(
      'INSERT INTO station (coop_id, cell_id, number) SELECT $1, $2, generate_series(1, $3::integer)',
      [cell.coopId, cell.id, stations],
    );
  }

  async byIds(q: Queryable, keys: readonly CellKey[]): Promise<CellType[]> {
    const rows = await q.query<CellRow>(
      `SELECT ${COLUMNS} FROM cell JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, id) USING (coop_id, id)`,
      idsOf(keys),
    );
    return rows.map(cellOf);
  }

  /** The cells of these workshops, oldest first. */
  async ofWorkshops(q: Queryable, keys: readonly CellKey[]): Promise<CellType[]> {
    const rows = await q.query<CellRow>(
      `SELECT ${COLUMNS} FROM cell JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, workshop_id)
         USING (coop_id, workshop_id) ORDER BY cell.id`,
      idsOf(keys),
    );
    return rows.map(cellOf);
  }

  /** The cells of a co-op that are of one of these kinds, oldest first. */
  async ofKinds(q: Queryable, coopId: string, kinds: readonly string[]): Promise<CellType[]> {
    const rows = await q.query<CellRow>(
      `SELECT ${COLUMNS} FROM cell WHERE coop_id = $1 AND kind = ANY($2::text[]) ORDER BY id`,
      [coopId, kinds],
    );
    return rows.map(cellOf);
  }

  /** The stations of these cells, by number. */
  stationsOf(q: Queryable, keys: readonly CellKey[]): Promise<StationRow[]> {
    return q.query(
      `SELECT ${STATION} FROM station JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, cell_id)
         USING (coop_id, cell_id) ORDER BY station.number`,
      idsOf(keys),
    );
  }

  stationsByIds(q: Queryable, keys: readonly CellKey[]): Promise<StationRow[]> {
    return q.query(
      `SELECT ${STATION} FROM station JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, id) USING (coop_id, id)`,
      idsOf(keys),
    );
  }
}
