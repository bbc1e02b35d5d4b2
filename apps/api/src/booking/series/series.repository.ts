import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import type { PageRequest } from '../../platform/graphql/index.js';
import type { SeriesType } from './series.types.js';

const SERIES = `SELECT coop_id AS "coopId", id, cell_id AS "cellId", account_id AS "accountId", rule, family, minutes,
    first_at AS "firstAt", created_at AS "createdAt", cancelled_at AS "cancelledAt" FROM booking_series`;

/** The statements on `booking_series`, and which bookings are of a series. */
@Injectable()
export class SeriesRepository {
  insert(tx: Transaction, series: SeriesType): void {
    const { coopId, id, cellId, accountId, rule, family, minutes, firstAt, createdAt } = series;
    tx.send(
      `INSERT INTO booking_series (coop_id, id, cell_id, account_id, rule, family, minutes, first_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [coopId, id, cellId, accountId, rule, family, minutes, firstAt, createdAt],
    );
  }

  /** A member's own series; null when there is none. */
  async ofMember(q: Queryable, coopId: string, id: string, accountId: string): Promise<SeriesType | null> {
    const [row] = await q.query<SeriesType & Record<string, unknown>>(
      `${SERIES} WHERE coop_id = $1 AND id = $2 AND account_id = $3`,
      [coopId, id, accountId],
    );
    return row ?? null;
  }

  cancel(tx: Transaction, coopId: string, id: string, at: Date): void {
    tx.send(
      'UPDATE booking_series SET cancelled_at = coalesce(cancelled_at, $3) WHERE coop_id = $1 AND id = $2',
      [coopId, id, at],
    );
  }

  /** The confirmed occurrences that start from `at` on and on which no work has begun, by id. */
  async coming(q: Queryable, coopId: string, seriesId: string): Promise<string[]> {
    const rows = await q.query<{ id: string }>(
      `SELECT id FROM booking WHERE coop_id = $1 AND series_id = $2 AND state = 'confirmed'
          AND checked_in_at IS NULL AND lower(during) > (SELECT app_now()) ORDER BY id`,
      [coopId, seriesId],
    );
    return rows.map((row) => row.id);
  }

  /** The occurrences that were cancelled with their series, and not one by one before. */
  async cancelledIds(q: Queryable, { coopId, id }: Pick<SeriesType, 'coopId' | 'id'>): Promise<string[]> {
    const rows = await q.query<{ id: string }>(
      `SELECT booking.id FROM booking_series AS series
         JOIN booking ON booking.coop_id = series.coop_id AND booking.series_id = series.id
        WHERE series.coop_id = $1 AND series.id = $2 AND booking.state = 'cancelled'
          AND booking.ended_at = series.cancelled_at`,
      [coopId, id],
    );
    return rows.map((row) => row.id);
  }

  /** The ids of all bookings of these series, by start. */
  async bookingIds(
    q: Queryable,
    coopId: string,
    seriesIds: readonly string[],
  ): Promise<Map<string, string[]>> {
    const rows = await q.query<{ seriesId: string; ids: string[] }>(
      `SELECT series_id AS "seriesId", array_agg(id ORDER BY lower(during), id) AS ids FROM booking
        WHERE coop_id = $1 AND series_id = ANY($2::uuid[]) GROUP BY series_id`,
      [coopId, seriesIds],
    );
    return new Map(rows.map((row) => [row.seriesId, row.ids]));
  }

  /** One page of a member's series, newest first, with one row more than asked. */
  async pageOfMember(
    q: Queryable,
    coopId: string,
    accountId: string,
    request: PageRequest,
  ): Promise<SeriesType[]> {
    return q.query<SeriesType & Record<string, unknown>>(
      `${SERIES} WHERE coop_id = $1 AND account_id = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [coopId, accountId, request.after?.[0] ?? null, request.limit + 1],
    );
  }
}
