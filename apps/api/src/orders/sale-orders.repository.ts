import { Injectable } from '@nestjs/common';
import type { OrderState } from '@touchmark/drops';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { Key } from './drops.repository.js';
import type { OrderType } from './orders.types.js';

type OrderRecord = Omit<OrderType, 'unitPriceMinor' | 'amountMinor' | 'refundedMinor'> & {
  unitPriceMinor: string;
  amountMinor: string;
  refundedMinor: string;
};

const COLUMNS = `o.coop_id AS "coopId", o.id, o.drop_id AS "dropId", o.edition_id AS "editionId",
  o.buyer_id AS "buyerId", o.quantity, o.unit_price_minor AS "unitPriceMinor", o.amount_minor AS "amountMinor",
  o.refunded_minor AS "refundedMinor", o.currency, o.state, o.placed_at AS "placedAt", o.pay_by AS "payBy",
  o.handed_over_at AS "handedOverAt"`;

const INSERT = `INSERT INTO sale_order (coop_id, id, drop_id, edition_id, buyer_id, quantity, unit_price_minor,
    amount_minor, currency, state, placed_at, pay_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

const BY_KEYS = `SELECT ${COLUMNS} FROM sale_order o
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) ON key.coop_id = o.coop_id AND key.id = o.id`;

const OF_BUYER = `SELECT ${COLUMNS} FROM sale_order o WHERE o.buyer_id = $1
    AND ($2::timestamptz IS NULL OR (o.placed_at, o.id) < ($2::timestamptz, $3::uuid))
  ORDER BY o.placed_at DESC, o.id DESC LIMIT $4`;

const IN_STATE = `SELECT ${COLUMNS} FROM sale_order o
  WHERE o.coop_id = $1 AND o.drop_id = $2 AND o.state = $3 ORDER BY o.id LIMIT $4`;

const SET_STATE = `UPDATE sale_order SET state = $3, refunded_minor = refunded_minor + $4
  WHERE coop_id = $1 AND id = $2`;

const SET_STATES = `UPDATE sale_order SET state = $3,
    refunded_minor = CASE WHEN $3 = 'refunded' THEN amount_minor ELSE refunded_minor END
  WHERE coop_id = $1 AND id = ANY($2::uuid[])`;

const EXPIRE = `WITH dead AS (
    UPDATE sale_order SET state = 'expired'
     WHERE coop_id = $1 AND drop_id = $2 AND state = 'awaiting_payment' AND pay_by <= $3 RETURNING quantity)
  SELECT coalesce(sum(quantity), 0)::integer AS units FROM dead`;

const WITH_DEAD = `SELECT DISTINCT coop_id AS "coopId", drop_id AS id FROM sale_order
  WHERE state = 'awaiting_payment' AND pay_by <= app_now() LIMIT 50`;

const HAND_OVER = `UPDATE sale_order SET state = 'handed_over', handed_over_at = $3
  WHERE coop_id = $1 AND id = $2 AND state = 'kept' RETURNING id`;

function orderOf(record: OrderRecord): OrderType {
  return {
    ...record,
    unitPriceMinor: BigInt(record.unitPriceMinor),
    amountMinor: BigInt(record.amountMinor),
    refundedMinor: BigInt(record.refundedMinor),
  };
}

/** Every statement on orders; who changes one that awaits payment has locked its edition as well. */
@Injectable()
export class SaleOrdersRepository {
  async insert(tx: Transaction, order: OrderType): Promise<void> {
    await tx.query(INSERT, [
      order.coopId,
      order.id,
      order.dropId,
      order.editionId,
      order.buyerId,
      order.quantity,
      order.unitPriceMinor.toString(),
      order.amountMinor.toString(),
      order.currency,
      order.state,
      order.placedAt,
      order.payBy,
    ]);
  }

  async byKeys(q: Queryable, keys: readonly Key[]): Promise<OrderType[]> {
    const rows = await q.query<OrderRecord>(BY_KEYS, [
      keys.map((key) => key.coopId),
      keys.map((key) => key.id),
    ]);
    return rows.map(orderOf);
  }

  async load(q: Queryable, coopId: string, id: string): Promise<OrderType | null> {
    const [order] = await this.byKeys(q, [{ coopId, id }]);
    return order ?? null;
  }

  /** Newest first, one more than the page holds. */
  async ofBuyer(q: Queryable, buyerId: string, page: PageRequest): Promise<OrderType[]> {
    const after = page.after;
    const rows = await q.query<OrderRecord>(OF_BUYER, [buyerId, after?.[0], after?.[1], page.limit + 1]);
    return rows.map(orderOf);
  }

  /** The first `limit` orders of a drop that are in `state`, by id. */
  async inState(q: Queryable, drop: Key, state: OrderState, limit: number | null): Promise<OrderType[]> {
    return (await q.query<OrderRecord>(IN_STATE, [drop.coopId, drop.id, state, limit])).map(orderOf);
  }

  /** Ends or pays one order, and notes what of it is refunded. */
  async setState(tx: Transaction, order: Key, state: OrderState, refundedMinor = 0n): Promise<void> {
    await tx.query(SET_STATE, [order.coopId, order.id, state, refundedMinor.toString()]);
  }

  /** Keeps or refunds many orders whole. */
  async setStates(
    tx: Transaction,
    coopId: string,
    ids: readonly string[],
    state: 'kept' | 'refunded',
  ): Promise<void> {
    await tx.query(SET_STATES, [coopId, ids, state]);
  }

  /** Ends the orders of a drop that were to be paid by `now`; returns the units they held. */
  async expire(tx: Transaction, drop: Key, now: Date): Promise<number> {
    const [dead] = await tx.query<{ units: number }>(EXPIRE, [drop.coopId, drop.id, now]);
    return dead?.units ?? 0;
  }

  /** Drops with orders whose time to pay is over. */
  async dropsWithDead(q: Queryable): Promise<Key[]> {
    return q.query<{ coopId: string; id: string }>(WITH_DEAD);
  }

  /**
   * The time for a decision whose rows are locked, in a transaction that posts to the books afterwards: the books lock
   * the ledger's head and read their own time after it, so this one is not the transaction's.
   */
  async decisionTime(tx: Transaction): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>('SELECT app_now() AS now');
    if (row === undefined) throw new Error('app_now() returned no row');
    return row.now;
  }

  /** Marks a kept order as handed over; false when it is not kept. */
  async handOver(tx: Transaction, order: Key, at: Date): Promise<boolean> {
    return (await tx.query(HAND_OVER, [order.coopId, order.id, at])).length > 0;
  }
}
