import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { OfferKey } from './offers.repository.js';
import type { ServiceMessageType } from './service-order.types.js';

export type NewMessage = ServiceMessageType & { readonly authorId: string };

const COLUMNS = `coop_id AS "coopId", id, order_id AS "orderId", side, text, links, sent_at AS "sentAt"`;
const INSERT = `INSERT INTO service_message (coop_id, id, order_id, side, author_id, text, links, sent_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;
const BY_ID = `SELECT ${COLUMNS} FROM service_message WHERE coop_id = $1 AND id = $2`;
const NEWEST = `SELECT newest.* FROM unnest($1::uuid[], $2::uuid[]) AS key (coop_id, order_id)
  CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM service_message AS message
     WHERE message.coop_id = key.coop_id AND message.order_id = key.order_id
       AND ($3::timestamptz IS NULL OR (message.sent_at, message.id) < ($3::timestamptz, $4::uuid))
     ORDER BY message.sent_at DESC, message.id DESC LIMIT $5) AS newest`;

/** Every statement on messages. */
@Injectable()
export class ServiceMessagesRepository {
  async insert(tx: Transaction, message: NewMessage): Promise<void> {
    const { coopId, id, orderId, side, authorId, text, links, sentAt } = message;
    await tx.query(INSERT, [coopId, id, orderId, side, authorId, text, links, sentAt]);
  }

  async byId(q: Queryable, { coopId, id }: OfferKey): Promise<ServiceMessageType | null> {
    const [row] = await q.query<ServiceMessageType>(BY_ID, [coopId, id]);
    return row ?? null;
  }

  /** The same page of the messages of each of these orders, newest first, by the order's id. */
  async newest(
    q: Queryable,
    orders: readonly OfferKey[],
    { after, limit }: PageRequest,
  ): Promise<Map<string, ServiceMessageType[]>> {
    const keys = [orders.map((order) => order.coopId), orders.map((order) => order.id)];
    const cursor = [after?.[0] ?? null, after?.[1] ?? null, limit + 1];
    const rows = await q.query<ServiceMessageType>(NEWEST, [...keys, ...cursor]);
    return new Map(orders.map(({ id }) => [id, rows.filter((row) => row.orderId === id)]));
  }
}
