import { Injectable } from '@nestjs/common';
import type { OrderState } from '@touchmark/drops';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { Key } from './drops.repository.js';
import type { OrderType } from './orders.types.js';

/** A kept order with its units. */
export interface KeptOrder {
  readonly orderId: string;
  readonly quantity: number;
}

/** Sorts before every id. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

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

// The state stands in the text, so that the plan may use the index of paid orders whatever the values are.
const PAID = `SELECT ${COLUMNS} FROM sale_order o
  WHERE o.coop_id = $1 AND o.drop_id = $2 AND o.state = 'paid' ORDER BY o.id LIMIT $3`;

const KEPT = `SELECT o.id AS "orderId", o.quantity FROM sale_order o
  WHERE o.coop_id = $1 AND o.drop_id = $2 AND o.state = 'kept' AND o.id > $3 ORDER BY o.id LIMIT $4`;

const KEPT_SUM = `SELECT o.edition_id AS "editionId", sum(o.quantity)::integer AS quantity FROM sale_order o
  WHERE o.coop_id = $1 AND o.drop_id = $2 AND o.state = 'kept' GROUP BY o.edition_id`;

const SET_STATE = `UPDATE sale_order SET state = $3, refunded_minor = refunded_minor + $4
  WHERE coop_id = $1 AND id = $2`;

const SET_STATES = `UPDATE sale_order SET state = $3,
    refunded_minor = CASE WHEN $3 = 'refunded' THEN amount_minor ELSE refunded_minor END
  WHERE coop_id = $1 AND id = ANY($2::uuid[])`;

/** The most orders that one statement ends; as each holds a unit, also enough for the largest order that asks for them. */
export const EXPIRED_AT_ONCE = 1000;

const EXPIRE = `WITH dead AS (
    UPDATE sale_order SET state = 'expired' WHERE coop_id = $1 AND id = ANY (ARRAY(
      SELECT id FROM sale_order WHERE coop_id = $1 AND drop_id = $2 AND state = 'awaiting_payment' AND pay_by <= $3
       ORDER BY pay_by LIMIT ${String(EXPIRED_AT_ONCE)}))
    RETURNING quantity)
  SELECT count(*)::integer AS orders, coalesce(sum(quantity), 0)::integer AS units FROM dead`;

const WITH_DEAD = `SELECT DISTINCT dead.coop_id AS "coopId", dead.drop_id AS id FROM (
  SELECT coop_id, drop_id FROM sale_order WHERE state = 'awaiting_payment' AND pay_by <= (SELECT app_now())
   ORDER BY pay_by LIMIT 1000) AS dead`;

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

  /** The first `limit` paid orders of a drop, by id. */
  async paid(q: Queryable, drop: Key, limit: number): Promise<OrderType[]> {
    return (await q.query<OrderRecord>(PAID, [drop.coopId, drop.id, limit])).map(orderOf);
  }

  /** The next `limit` kept orders of a drop after the order `after`, by id. */
  async kept(q: Queryable, drop: Key, after: string | null, limit: number): Promise<KeptOrder[]> {
    return q.query<KeptOrder & Record<string, unknown>>(KEPT, [
      drop.coopId,
      drop.id,
      after ?? BEFORE_ALL,
      limit,
    ]);
  }

  /** The edition and the units of a drop's kept orders; null when none is kept. */
  async keptSum(q: Queryable, drop: Key): Promise<{ editionId: string; quantity: number } | null> {
    const [sum] = await q.query<{ editionId: string; quantity: number }>(KEPT_SUM, [drop.coopId, drop.id]);
    return sum ?? null;
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

  /** Ends up to 1,000 orders of a drop that were to be paid by `now`; returns how many, and the units they held. */
  async expire(tx: Transaction, drop: Key, now: Date): Promise<{ orders: number; units: number }> {
    const [dead] = await tx.query<{ orders: number; units: number }>(EXPIRE, [drop.coopId, drop.id, now]);
    return dead ?? { orders: 0, units: 0 };
  }

  /** Drops of the 1,000 orders whose time to pay was over first. */
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
