import { Injectable } from '@nestjs/common';
import { type ScanPattern, TOLD_FROM } from '@touchmark/taps';
import { type Queryable, newId } from '../platform/database/index.js';
import type { Piece } from './piece.js';

/** An odd pattern of one piece on one day. */
export interface ScanAnomaly extends Piece {
  readonly id: string;
  readonly pattern: ScanPattern;
  readonly times: number;
  readonly networks: number;
  readonly regions: string[];
  readonly firstAt: Date;
  readonly lastAt: Date;
}

type Row = ScanAnomaly & Record<string, unknown>;

const NOTE = `INSERT INTO scan_anomaly AS known
    (coop_id, id, edition_id, serial, day, pattern, times, networks, regions, first_at, last_at)
  SELECT $1, $2, $3, $4, (now AT TIME ZONE 'UTC')::date, $5, 1, $6, $7::text[], now, now FROM (SELECT app_now() AS now) AS clock
  ON CONFLICT (coop_id, edition_id, serial, day, pattern) DO UPDATE SET times = known.times + 1,
    networks = greatest(known.networks, excluded.networks), last_at = greatest(known.last_at, excluded.last_at),
    regions = ARRAY(SELECT DISTINCT unnest(known.regions || excluded.regions) ORDER BY 1)`;
const TOLD = `times >= CASE pattern ${Object.entries(TOLD_FROM)
  .map(([pattern, times]) => `WHEN '${pattern}' THEN ${String(times)}`)
  .join(' ')} END`;
const COLUMNS = `coop_id AS "coopId", id, edition_id AS "editionId", serial, pattern, times, networks, regions,
  first_at AS "firstAt", last_at AS "lastAt"`;

/** Every statement on odd patterns. */
@Injectable()
export class AnomaliesRepository {
  /** Counts one more sighting of the pattern today. */
  async note(
    q: Queryable,
    { coopId, editionId, serial }: Piece,
    pattern: ScanPattern,
    seen: { readonly networks: number; readonly regions: readonly string[] } = { networks: 0, regions: [] },
  ): Promise<void> {
    await q.query(NOTE, [coopId, newId(), editionId, serial, pattern, seen.networks, seen.regions]);
  }

  /** The patterns of a piece that are worth telling and were seen after `since`. */
  async patternsOf(q: Queryable, { coopId, editionId, serial }: Piece, since: Date): Promise<ScanPattern[]> {
    const rows = await q.query<{ pattern: ScanPattern }>(
      `SELECT DISTINCT pattern FROM scan_anomaly
        WHERE coop_id = $1 AND edition_id = $2 AND serial = $3 AND last_at > $4 AND ${TOLD}`,
      [coopId, editionId, serial, since],
    );
    return rows.map(({ pattern }) => pattern);
  }

  /** Those of a co-op from the newest down to before the id `after`. */
  async page(q: Queryable, coopId: string, after: string | null, limit: number): Promise<ScanAnomaly[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM scan_anomaly WHERE coop_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ${TOLD}
        ORDER BY id DESC LIMIT $3`,
      [coopId, after, limit],
    );
  }

  /** Forgets patterns that never were worth telling, last seen in the two months before `before`. Answers how many. */
  async forget(q: Queryable, before: Date): Promise<number> {
    const gone = await q.query(
      `DELETE FROM scan_anomaly WHERE last_at < $1 AND last_at > $1::timestamptz - interval '60 days' AND NOT (${TOLD})
        RETURNING 1 AS gone`,
      [before],
    );
    return gone.length;
  }
}
