import { Inject, Injectable } from '@nestjs/common';
import { Books } from '../books.js';
import { newId, type Transaction } from '../../platform/database/index.js';
import { DropsRepository, type Key } from '../drops.repository.js';
import { OrderJobs } from '../jobs.js';
import type { OrderType } from '../orders.types.js';
import { PaymentsRepository } from '../payments.repository.js';
import { RefundsRepository } from '../refunds.repository.js';
import { SaleOrdersRepository } from '../sale-orders.repository.js';

/** Refunds paid orders of a drop that missed its minimum; the caller has locked the edition and the orders. */
@Injectable()
export class RefundPaidOrders {
  constructor(
    @Inject(DropsRepository) private readonly drops: DropsRepository,
    @Inject(SaleOrdersRepository) private readonly orders: SaleOrdersRepository,
    @Inject(PaymentsRepository) private readonly payments: PaymentsRepository,
    @Inject(RefundsRepository) private readonly refunds: RefundsRepository,
    @Inject(OrderJobs) private readonly jobs: OrderJobs,
    @Inject(Books) private readonly books: Books,
  ) {}

  async run(tx: Transaction, drop: Key, paid: readonly OrderType[]): Promise<void> {
    if (paid.length === 0) return;
    const { coopId } = drop;
    const ids = paid.map((order) => order.id);
    const payments = new Map(
      (await this.payments.ofOrders(tx, coopId, ids)).map((payment) => [payment.orderId, payment.id]),
    );
    const refunds = paid.map((order) => {
      const { id: orderId, amountMinor } = order;
      const paymentId = payments.get(orderId);
      if (paymentId === undefined) throw new Error(`order ${orderId} is paid but has no payment`);
      return {
        coopId,
        id: newId(),
        orderId,
        paymentId,
        amountMinor,
        reason: 'minimum_not_met' as const,
        order,
      };
    });
    const sold = paid.reduce((units, order) => units + order.quantity, 0);
    await this.orders.setStates(tx, coopId, ids, 'refunded');
    await this.drops.move(tx, drop, { held: 0, sold: -sold });
    await this.refunds.insert(tx, coopId, refunds, await this.orders.decisionTime(tx));
    await this.jobs.sendRefunds(tx, refunds);
    await this.books.depositRefunds(tx, coopId, refunds);
  }
}
