import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { Key } from './drops.repository.js';

/** Why money goes back. */
export type RefundReason = 'minimum_not_met' | 'late_capture' | 'failed_unit';

export interface Refund extends Key {
  readonly orderId: string;
  readonly paymentId: string;
  readonly amountMinor: bigint;
  readonly reason: RefundReason;
}

/** A refund with what the provider needs to know of its charge. */
export interface RefundToSend extends Key {
  readonly amountMinor: bigint;
  readonly state: 'requested' | 'settled';
  readonly provider: string;
  readonly providerReference: string | null;
}

const INSERT = `INSERT INTO refund (coop_id, id, order_id, payment_id, amount_minor, reason, state, requested_at)
  SELECT $1, r.id, r.order_id, r.payment_id, r.amount_minor, r.reason, 'requested', $2
    FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::text[])
      AS r (id, order_id, payment_id, amount_minor, reason)`;

const TO_SEND = `SELECT r.coop_id AS "coopId", r.id, r.amount_minor AS "amountMinor", r.state, p.provider,
    p.provider_reference AS "providerReference"
  FROM refund r JOIN payment p ON p.coop_id = r.coop_id AND p.id = r.payment_id WHERE r.coop_id = $1 AND r.id = $2`;

const SETTLE = `UPDATE refund SET state = 'settled', settled_at = app_now()
  WHERE coop_id = $1 AND id = $2 AND state = 'requested'`;

const FORGOTTEN = `SELECT r.coop_id AS "coopId", r.id FROM refund r
  WHERE r.state = 'requested' AND NOT EXISTS (
    SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'send_refund:' || r.id AND j.attempts < j.max_attempts
      AND (j.locked_at IS NOT NULL OR j.attempts = 0 OR j.run_at < now() + make_interval(secs => $1)))
  ORDER BY r.requested_at LIMIT 100`;

/** Every statement on refunds. */
@Injectable()
export class RefundsRepository {
  async insert(tx: Transaction, coopId: string, refunds: readonly Refund[], at: Date): Promise<void> {
    await tx.query(INSERT, [
      coopId,
      at,
      refunds.map((refund) => refund.id),
      refunds.map((refund) => refund.orderId),
      refunds.map((refund) => refund.paymentId),
      refunds.map((refund) => refund.amountMinor.toString()),
      refunds.map((refund) => refund.reason),
    ]);
  }

  async toSend(q: Queryable, refund: Key): Promise<RefundToSend | null> {
    const [row] = await q.query<Omit<RefundToSend, 'amountMinor'> & { amountMinor: string }>(TO_SEND, [
      refund.coopId,
      refund.id,
    ]);
    return row === undefined ? null : { ...row, amountMinor: BigInt(row.amountMinor) };
  }

  /** Notes that the provider has sent the money; a second time changes nothing. */
  async settle(q: Queryable, refund: Key): Promise<void> {
    await q.query(SETTLE, [refund.coopId, refund.id]);
  }

  /** Refunds still to be sent, without a job that will run within `withinSeconds`. */
  async forgotten(q: Queryable, withinSeconds: number): Promise<Key[]> {
    return q.query<{ coopId: string; id: string }>(FORGOTTEN, [withinSeconds]);
  }
}
