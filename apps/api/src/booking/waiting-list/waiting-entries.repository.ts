import { Injectable } from '@nestjs/common';
import type { WaitingWish } from '@touchmark/calendar';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import type { PageRequest } from '../../platform/graphql/index.js';
import { epochMs } from '../calendar-sql.js';
import { answerOf } from './offer-answer.js';
import type { WaitingEntryType } from './waiting-list.types.js';

type EntryRow = Omit<WaitingEntryType, 'maxPriceMinor'> & { readonly maxPriceMinor: string | null };

/** One who waits, as the decision takes them, with what else bears on what they can be given. */
export interface Waiter extends WaitingWish {
  readonly accountId: string;
  readonly maxPriceMinor: bigint | null;
  readonly useCredits: boolean;
  /** When a pass last came to it, in epoch milliseconds; later than its neighbours' when it joined after that. */
  readonly lookedAt: number;
}

type WaiterRow = Omit<Waiter, 'maxPriceMinor' | 'turn' | 'earliestAt' | 'latestAt' | 'lookedAt'> & {
  readonly lookedAt: string;
  readonly turn: string;
  readonly earliestAt: string;
  readonly latestAt: string;
  readonly maxPriceMinor: string | null;
};

/** A cell in whose queue there may be something to do. */
export interface QueuedCell {
  readonly coopId: string;
  readonly cellId: string;
}

/** True while anybody waits for the cell, or has until just now; SQL, as are its arguments. */
export const waitingSql = (coopId: string, cellId: string): string => `EXISTS (
  SELECT FROM waiting_entry AS queued WHERE queued.coop_id = ${coopId} AND queued.cell_id = ${cellId}
     AND queued.state = 'waiting')`;

// The hold itself decides what became of an offer; the state is only tidied up behind it.
const SEEN_STATE = `CASE
  WHEN entry.state = 'waiting' AND entry.latest_at <= (SELECT app_now()) THEN 'expired'
  WHEN entry.state <> 'offered' THEN entry.state
  ELSE ${answerOf('offer', (hold) => `${hold}.state = 'held' AND ${hold}.expires_at > (SELECT app_now())`)} END`;

const ENTRY = `SELECT entry.coop_id AS "coopId", entry.id, entry.cell_id AS "cellId", entry.account_id AS "accountId",
    entry.booking_id AS "bookingId", ${SEEN_STATE} AS state, entry.family, entry.earliest_at AS "earliestAt",
    entry.latest_at AS "latestAt", entry.minutes, entry.least_minutes AS "leastMinutes",
    entry.max_price_minor AS "maxPriceMinor", entry.use_credits AS "useCredits", entry.joined_at AS "joinedAt",
    entry.offered_at AS "offeredAt"
  FROM waiting_entry AS entry
  LEFT JOIN booking AS offer ON offer.coop_id = entry.coop_id AND offer.id = entry.booking_id`;

// Who was removed from the co-op leaves: an entry that no pass comes to would be the oldest to look at for ever.
const QUEUE = `
  WITH queued AS MATERIALIZED (
    SELECT entry.*, own.removed_at FROM waiting_entry AS entry
      JOIN membership AS own ON own.coop_id = entry.coop_id AND own.account_id = entry.account_id
     WHERE entry.coop_id = $1 AND entry.cell_id = $2 AND entry.state = 'waiting' AND entry.latest_at > $3),
  gone AS (
    UPDATE waiting_entry AS entry SET state = 'left' FROM queued
     WHERE queued.removed_at IS NOT NULL AND entry.coop_id = queued.coop_id AND entry.id = queued.id)
  SELECT id, turn::text AS turn, account_id AS "accountId", family, ${epochMs('earliest_at')} AS "earliestAt",
    ${epochMs('latest_at')} AS "latestAt", minutes, least_minutes AS "leastMinutes", max_price_minor AS "maxPriceMinor",
    use_credits AS "useCredits", ${epochMs('looked_at')} AS "lookedAt"
    FROM queued WHERE removed_at IS NULL ORDER BY queued.turn`;

// By the cell's own index: everybody before an entry in its queue. (As a condition, the time would lead to another.)
const PLACES = `
  SELECT entry.id, (SELECT count(*) FILTER (WHERE ahead.latest_at > (SELECT app_now()))::int
      FROM waiting_entry AS ahead
     WHERE ahead.coop_id = entry.coop_id AND ahead.cell_id = entry.cell_id AND ahead.state = 'waiting'
       AND ahead.turn <= entry.turn) AS place
    FROM waiting_entry AS entry
   WHERE entry.coop_id = $1 AND entry.id = ANY($2::uuid[]) AND entry.state = 'waiting' AND entry.latest_at > (SELECT app_now())`;

// Only what has ended: a hold whose time is over may be being confirmed by who asked in time.
const TIDY_OFFERS = `
  UPDATE waiting_entry AS entry SET state = ended.answer
    FROM (SELECT open.coop_id, open.id, now.answer FROM waiting_entry AS open
            JOIN booking AS offer ON offer.coop_id = open.coop_id AND offer.id = open.booking_id
           CROSS JOIN LATERAL (SELECT ${answerOf('offer', (hold) => `${hold}.state = 'held'`)} AS answer) AS now
           WHERE open.state = 'offered' AND offer.state <> 'held' AND now.answer <> 'offered'
           ORDER BY open.offered_at LIMIT $1 FOR NO KEY UPDATE OF open SKIP LOCKED) AS ended
   WHERE entry.coop_id = ended.coop_id AND entry.id = ended.id RETURNING entry.id`;

const EXPIRE = `
  UPDATE waiting_entry AS entry SET state = 'expired'
    FROM (SELECT coop_id, id FROM waiting_entry WHERE state = 'waiting' AND latest_at <= (SELECT app_now())
           ORDER BY latest_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED) AS over
   WHERE entry.coop_id = over.coop_id AND entry.id = over.id RETURNING entry.id`;

const entryOf = (row: EntryRow): WaitingEntryType => ({
  ...row,
  maxPriceMinor: row.maxPriceMinor === null ? null : BigInt(row.maxPriceMinor),
});

/** The statements on `waiting_entry`. */
@Injectable()
export class WaitingEntriesRepository {
  /** Everybody who waits for one of these cells; the cells are locked, so nobody else joins. */
  async membersWaiting(q: Queryable, coopId: string, cellIds: readonly string[]): Promise<string[]> {
    const rows = await q.query<{ accountId: string }>(
      `SELECT DISTINCT account_id AS "accountId" FROM waiting_entry
        WHERE coop_id = $1 AND cell_id = ANY($2::uuid[]) AND state = 'waiting'`,
      [coopId, cellIds],
    );
    return rows.map((row) => row.accountId);
  }

  /** The queue of a locked cell in its order; who was removed from the co-op leaves it. */
  async queue(q: Queryable, coopId: string, cellId: string, now: Date): Promise<Waiter[]> {
    const rows = await q.query<WaiterRow>(QUEUE, [coopId, cellId, now]);
    return rows.map((row) => ({
      ...row,
      ...{ turn: Number(row.turn), earliestAt: Number(row.earliestAt), latestAt: Number(row.latestAt) },
      lookedAt: Number(row.lookedAt),
      maxPriceMinor: row.maxPriceMinor === null ? null : BigInt(row.maxPriceMinor),
    }));
  }

  insert(tx: Transaction, entry: WaitingEntryType, turn: string): void {
    tx.send(
      `INSERT INTO waiting_entry (coop_id, id, turn, cell_id, account_id, family, earliest_at, latest_at, minutes,
         least_minutes, max_price_minor, use_credits, joined_at, looked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
      [
        ...[entry.coopId, entry.id, turn, entry.cellId, entry.accountId, entry.family, entry.earliestAt],
        ...[entry.latestAt, entry.minutes, entry.leastMinutes, entry.maxPriceMinor?.toString() ?? null],
        ...[entry.useCredits, entry.joinedAt],
      ],
    );
  }

  /** The name of a co-op in addresses of pages. */
  async slugOf(q: Queryable, coopId: string): Promise<string> {
    const [row] = await q.query<{ slug: string }>('SELECT slug FROM coop WHERE id = $1', [coopId]);
    if (row === undefined) throw new Error(`co-op ${coopId} is gone although its cell is there`);
    return row.slug;
  }

  /** Notes the hold that was offered to one who waits. */
  offer(tx: Transaction, coopId: string, id: string, bookingId: string, at: Date): void {
    tx.send(
      `UPDATE waiting_entry SET state = 'offered', booking_id = $3, offered_at = $4
        WHERE coop_id = $1 AND id = $2 AND state = 'waiting'`,
      [coopId, id, bookingId, at],
    );
  }

  /** Notes which entries a pass has come to. */
  looked(tx: Transaction, coopId: string, ids: readonly string[], at: Date): void {
    tx.send(
      `UPDATE waiting_entry SET looked_at = $3 WHERE coop_id = $1 AND id = ANY ($2::uuid[]) AND state = 'waiting'`,
      [coopId, ids, at],
    );
  }

  /** Puts off the queue of a cell that could not be looked over. */
  async passOver(q: Queryable, coopId: string, cellId: string): Promise<void> {
    await q.query(
      `UPDATE waiting_entry SET looked_at = (SELECT app_now())
        WHERE coop_id = $1 AND cell_id = $2 AND state = 'waiting'`,
      [coopId, cellId],
    );
  }

  leave(tx: Transaction, coopId: string, id: string): void {
    tx.send(`UPDATE waiting_entry SET state = 'left' WHERE coop_id = $1 AND id = $2 AND state = 'waiting'`, [
      coopId,
      id,
    ]);
  }

  /** One entry as it is seen now; null when this member has no such entry. */
  async ofMember(
    q: Queryable,
    coopId: string,
    id: string,
    accountId: string,
  ): Promise<WaitingEntryType | null> {
    const [row] = await q.query<EntryRow>(
      `${ENTRY} WHERE entry.coop_id = $1 AND entry.id = $2 AND entry.account_id = $3`,
      [coopId, id, accountId],
    );
    return row === undefined ? null : entryOf(row);
  }

  /** How many places in the queues of a co-op a member has. */
  async countOf(q: Queryable, coopId: string, accountId: string): Promise<number> {
    const [row] = await q.query<{ count: number }>(
      `SELECT count(*) FILTER (WHERE latest_at > (SELECT app_now()))::int AS count FROM waiting_entry
        WHERE coop_id = $1 AND account_id = $2 AND state = 'waiting'`,
      [coopId, accountId],
    );
    return row?.count ?? 0;
  }

  /** One page of a member's entries, newest first, with one row more than asked. */
  async pageOfMember(
    q: Queryable,
    coopId: string,
    accountId: string,
    request: PageRequest,
  ): Promise<WaitingEntryType[]> {
    const rows = await q.query<EntryRow>(
      `${ENTRY} WHERE entry.coop_id = $1 AND entry.account_id = $2 AND ($3::uuid IS NULL OR entry.id < $3)
        ORDER BY entry.id DESC LIMIT $4`,
      [coopId, accountId, request.after?.[0] ?? null, request.limit + 1],
    );
    return rows.map(entryOf);
  }

  /** The places of those of these entries that still wait; 1 is next. */
  async places(q: Queryable, coopId: string, ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await q.query<{ id: string; place: number }>(PLACES, [coopId, ids]);
    return new Map(rows.map((row) => [row.id, row.place]));
  }

  /** The cells of those entries, at most `limit`, that nobody has looked over for longest. */
  async cellsToLookAt(q: Queryable, sinceMinutes: number, limit: number): Promise<QueuedCell[]> {
    return q.query<QueuedCell & Record<string, unknown>>(
      `SELECT coop_id AS "coopId", cell_id AS "cellId"
         FROM (SELECT coop_id, cell_id, looked_at FROM waiting_entry
                WHERE state = 'waiting' AND looked_at <= (SELECT app_now()) - $1 * interval '1 minute'
                ORDER BY looked_at LIMIT $2) AS longest
        GROUP BY coop_id, cell_id ORDER BY min(looked_at)`,
      [sinceMinutes, limit],
    );
  }

  /** Writes down what became of offers and of wishes whose time is over; returns of how many. */
  async tidy(q: Queryable, limit: number): Promise<number> {
    const offers = await q.query(TIDY_OFFERS, [limit]);
    const over = await q.query(EXPIRE, [limit]);
    return offers.length + over.length;
  }
}
