import { Injectable } from '@nestjs/common';
import type { PaymentState } from '@touchmark/drops';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { Key } from './drops.repository.js';

/** The payment of an order. */
export interface Payment extends Key {
  readonly orderId: string;
  readonly provider: string;
  readonly method: string;
  readonly providerReference: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly state: PaymentState;
}

type PaymentRecord = Omit<Payment, 'amountMinor'> & { amountMinor: string };

const COLUMNS = `p.coop_id AS "coopId", p.id, p.order_id AS "orderId", p.provider, p.method,
  p.provider_reference AS "providerReference", p.amount_minor AS "amountMinor", p.currency, p.state`;

const INSERT = `INSERT INTO payment (coop_id, id, order_id, provider, method, amount_minor, currency, state, requested_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'requested', $8)`;

const BY_ID = `SELECT ${COLUMNS} FROM payment p WHERE p.coop_id = $1 AND p.id = $2`;

const OF_ORDERS = `SELECT ${COLUMNS} FROM payment p WHERE p.coop_id = $1 AND p.order_id = ANY($2::uuid[])`;

const SETTLE = `UPDATE payment SET state = $3, provider_reference = $4, settled_at = $5 WHERE coop_id = $1 AND id = $2`;

// A payment has a job until it is settled; one that gave up, or failed and waits for long, is enqueued anew.
const FORGOTTEN = `SELECT p.coop_id AS "coopId", p.id FROM payment p
  WHERE p.state IN ('requested', 'pending') AND NOT EXISTS (
    SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'capture_payment:' || p.id AND j.attempts < j.max_attempts
      AND (j.locked_at IS NOT NULL OR j.attempts = 0 OR j.run_at < now() + make_interval(secs => $1)))
  ORDER BY p.requested_at LIMIT 100`;

function paymentOf(record: PaymentRecord): Payment {
  return { ...record, amountMinor: BigInt(record.amountMinor) };
}

/** Every statement on payments. */
@Injectable()
export class PaymentsRepository {
  async insert(tx: Transaction, payment: Payment, at: Date): Promise<void> {
    const { coopId, id, orderId, provider, method, amountMinor, currency } = payment;
    await tx.query(INSERT, [coopId, id, orderId, provider, method, amountMinor.toString(), currency, at]);
  }

  async load(q: Queryable, payment: Key): Promise<Payment | null> {
    const [row] = await q.query<PaymentRecord & Record<string, unknown>>(BY_ID, [payment.coopId, payment.id]);
    return row === undefined ? null : paymentOf(row);
  }

  async ofOrders(q: Queryable, coopId: string, orderIds: readonly string[]): Promise<Payment[]> {
    return (await q.query<PaymentRecord & Record<string, unknown>>(OF_ORDERS, [coopId, orderIds])).map(
      paymentOf,
    );
  }

  /** Notes how far the provider has come; `at` when that is the end of it. */
  async settle(
    tx: Transaction,
    payment: Key,
    to: { readonly state: PaymentState; readonly reference: string | null; readonly at: Date | null },
  ): Promise<void> {
    await tx.query(SETTLE, [payment.coopId, payment.id, to.state, to.reference, to.at]);
  }

  /** Unsettled payments without a job that will run within `withinSeconds`. */
  async forgotten(q: Queryable, withinSeconds: number): Promise<Key[]> {
    return q.query<{ coopId: string; id: string }>(FORGOTTEN, [withinSeconds]);
  }
}
