import { Inject, Injectable } from '@nestjs/common';
import { Postings } from '../payouts/index.js';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { OrderType } from './orders.types.js';
import type { Key } from './drops.repository.js';

/** A refund of one order. */
export interface OrderRefund extends Key {
  readonly order: OrderType;
  readonly amountMinor: bigint;
}

/**
 * What orders post to the ledger. Each is the last step of its transaction, because the ledger's head is the last lock;
 * the reference makes each posting happen once.
 */
@Injectable()
export class Books {
  constructor(@Inject(Postings) private readonly postings: Postings) {}

  /** See `Postings.refreshPlans`. */
  async refreshPlans(q: Queryable): Promise<void> {
    await this.postings.refreshPlans(q);
  }

  /** A payment came in: a customer deposit. */
  async deposit(tx: Transaction, order: OrderType, paymentId: string): Promise<void> {
    await this.postings.post(tx, order.coopId, [depositOf(order, paymentId)]);
  }

  /** A payment came in too late: a deposit, and its refund. */
  async lateDeposit(tx: Transaction, paymentId: string, refund: OrderRefund): Promise<void> {
    await this.postings.post(tx, refund.coopId, [
      depositOf(refund.order, paymentId),
      depositRefundOf(refund),
    ]);
  }

  /** Deposits go back. */
  async depositRefunds(tx: Transaction, coopId: string, refunds: readonly OrderRefund[]): Promise<void> {
    await this.postings.post(tx, coopId, refunds.map(depositRefundOf));
  }

  /** Deposits become sales, split by the agreement in the order given. */
  async sales(
    tx: Transaction,
    coopId: string,
    versionId: string,
    orders: readonly OrderType[],
  ): Promise<void> {
    await this.postings.post(
      tx,
      coopId,
      orders.map((order) => ({
        kind: 'sale_made',
        partyId: order.buyerId,
        reference: order.id,
        versionId,
        amountMinor: order.amountMinor,
        currency: order.currency,
      })),
    );
  }

  /** Part of a sale goes back, and the running total with it. */
  async saleRefund(tx: Transaction, versionId: string, refund: OrderRefund): Promise<void> {
    const { coopId, id, amountMinor } = refund;
    const { currency } = refund.order;
    await this.postings.post(tx, coopId, [
      { kind: 'sale_refunded', reference: id, versionId, amountMinor, currency },
    ]);
  }
}

function depositOf(order: OrderType, paymentId: string) {
  const { buyerId: partyId, amountMinor, currency } = order;
  return { kind: 'deposit_received' as const, partyId, reference: paymentId, amountMinor, currency };
}

function depositRefundOf({ order, id, amountMinor }: OrderRefund) {
  const { buyerId: partyId, currency } = order;
  return { kind: 'deposit_refunded' as const, partyId, reference: id, amountMinor, currency };
}
