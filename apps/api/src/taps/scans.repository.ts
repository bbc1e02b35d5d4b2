import { Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';
import type { Piece } from './piece.js';

/** So many networks are told apart for one piece and hour; those beyond are counted together, so that no flood fills the table. */
export const NETWORKS_TOLD_APART = 100;

/** How a piece was opened in the hour and the day of now. */
export interface ScansAround {
  readonly regionsThisHour: string[];
  readonly networksToday: number;
}

// In brackets the clock is read once, and the index is searched by what it said.
const HOUR = `(SELECT date_trunc('hour', app_now(), 'UTC'))`;
const DAY = `(SELECT date_trunc('day', app_now(), 'UTC'))`;
// Empty stands for all networks beyond those that are told apart. Whoever comes at the same moment may add one more; that is no harm.
const COUNT = `WITH room AS (
    SELECT count(*) < ${String(NETWORKS_TOLD_APART)} OR bool_or(network = $4) AS apart FROM scan
     WHERE coop_id = $1 AND edition_id = $2 AND serial = $3 AND hour = ${HOUR})
  INSERT INTO scan AS seen (coop_id, edition_id, serial, hour, network, region, times)
  SELECT $1, $2, $3, ${HOUR}, CASE WHEN apart THEN $4 ELSE ''::bytea END, CASE WHEN apart THEN $5 ELSE '' END, 1 FROM room
  ON CONFLICT (coop_id, edition_id, serial, hour, network, region) DO UPDATE SET times = seen.times + 1
  RETURNING times = 1 AS fresh`;
const AROUND = `SELECT coalesce(array_agg(DISTINCT region ORDER BY region)
      FILTER (WHERE region <> '' AND hour = ${HOUR}), '{}') AS "regionsThisHour",
    count(DISTINCT network)::int AS "networksToday"
  FROM scan WHERE coop_id = $1 AND edition_id = $2 AND serial = $3
    AND hour >= ${DAY} AND hour <= ${HOUR}`;
// What is deleted and what is summed are the same rows, whoever runs it at the same time.
const SUM_UP = `WITH old AS (
    DELETE FROM scan WHERE hour < $1 RETURNING coop_id, edition_id, serial, hour, network, region, times),
  summed AS (
    INSERT INTO scan_day AS known (coop_id, edition_id, serial, day, times, networks, regions)
    SELECT coop_id, edition_id, serial, (hour AT TIME ZONE 'UTC')::date, sum(times)::int, count(DISTINCT network)::int,
           coalesce(array_agg(DISTINCT region ORDER BY region) FILTER (WHERE region <> ''), '{}')
      FROM old GROUP BY 1, 2, 3, 4
    ON CONFLICT (coop_id, edition_id, serial, day) DO UPDATE SET times = known.times + excluded.times,
      networks = known.networks + excluded.networks,
      regions = ARRAY(SELECT DISTINCT unnest(known.regions || excluded.regions) ORDER BY 1))
  SELECT count(*)::int AS gone FROM old`;
// The first to ask on a day makes its key; everybody else reads that one.
const KEY = `WITH made AS (
    INSERT INTO network_key (day, key) VALUES ((app_now() AT TIME ZONE 'UTC')::date, $1)
    ON CONFLICT (day) DO NOTHING RETURNING key)
  SELECT key FROM made UNION ALL
  SELECT key FROM network_key WHERE day = (app_now() AT TIME ZONE 'UTC')::date LIMIT 1`;

/** Every statement on scans, their sums and the keys that their networks are hashed under. */
@Injectable()
export class ScansRepository {
  /** Counts one scan of this hour; true when no such network and region was counted in it before. */
  async count(q: Queryable, piece: Piece, network: Buffer, region: string): Promise<boolean> {
    const { coopId, editionId, serial } = piece;
    const [row] = await q.query<{ fresh: boolean }>(COUNT, [coopId, editionId, serial, network, region]);
    return row?.fresh ?? false;
  }

  async around(q: Queryable, { coopId, editionId, serial }: Piece): Promise<ScansAround> {
    const [row] = await q.query<ScansAround & Record<string, unknown>>(AROUND, [coopId, editionId, serial]);
    return row ?? { regionsThisHour: [], networksToday: 0 };
  }

  /** The key of today; `fresh` becomes it when there is none yet. */
  async keyOfToday(q: Queryable, fresh: Buffer): Promise<Buffer> {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const [row] = await q.query<{ key: Buffer }>(KEY, [fresh]);
      if (row !== undefined) return row.key;
      // Another process made it in this very moment; it is there now.
    }
    throw new Error('the key of today was neither made nor found');
  }

  /** Throws away the keys of days before yesterday: what was hashed under them can be told of nobody any more. */
  async forgetKeys(q: Queryable): Promise<number> {
    const gone = await q.query(
      `DELETE FROM network_key WHERE day < (app_now() AT TIME ZONE 'UTC')::date - 1 RETURNING 1 AS gone`,
    );
    return gone.length;
  }

  /** Sums up the scans of the hours before `before` by day, and deletes them. Answers how many rows. */
  async sumUp(q: Queryable, before: Date): Promise<number> {
    const [row] = await q.query<{ gone: number }>(SUM_UP, [before]);
    return row?.gone ?? 0;
  }
}
