import { Inject, Injectable } from '@nestjs/common';
import { Editions } from '../../catalog/index.js';
import { Books } from '../books.js';
import type { Transaction } from '../../platform/database/index.js';
import { OrderJobs } from '../jobs.js';
import { PaymentsRepository } from '../payments.repository.js';
import { RefundsRepository } from '../refunds.repository.js';
import { SaleOrdersRepository } from '../sale-orders.repository.js';

/** What is refunded: one unit of an order, under the id that the refund shall have. */
export interface UnitToRefund {
  readonly coopId: string;
  readonly orderId: string;
  readonly refundId: string;
}

/** Refunds one unit of a kept order at its price, because the piece failed and is not made again. */
@Injectable()
export class RefundUnit {
  constructor(
    @Inject(SaleOrdersRepository) private readonly orders: SaleOrdersRepository,
    @Inject(PaymentsRepository) private readonly payments: PaymentsRepository,
    @Inject(RefundsRepository) private readonly refunds: RefundsRepository,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(OrderJobs) private readonly jobs: OrderJobs,
    @Inject(Books) private readonly books: Books,
  ) {}

  /**
   * The caller has locked the order (level `sale_order`). Posts the refund of the sale, so it is the last step of the
   * caller's transaction. When every unit has been refunded, the order's state is `refunded`.
   */
  async run(tx: Transaction, { coopId, orderId, refundId }: UnitToRefund): Promise<void> {
    const order = await this.orders.load(tx, coopId, orderId);
    if (order?.state !== 'kept')
      throw new Error(`order ${orderId} is not kept, so no unit of it can be refunded`);
    const [payment] = await this.payments.ofOrders(tx, coopId, [orderId]);
    const edition = await this.editions.load(tx, coopId, order.editionId);
    if (payment === undefined || edition === null)
      throw new Error(`order ${orderId} has no payment or no edition`);
    const amountMinor = order.unitPriceMinor;
    const whole = order.refundedMinor + amountMinor === order.amountMinor;
    const refund = { coopId, id: refundId, orderId, paymentId: payment.id, amountMinor };
    await this.orders.setState(tx, order, whole ? 'refunded' : 'kept', amountMinor);
    const at = await this.orders.decisionTime(tx);
    await this.refunds.insert(tx, coopId, [{ ...refund, reason: 'failed_unit' }], at);
    await this.jobs.sendRefunds(tx, [refund]);
    await this.books.saleRefund(tx, edition.agreementVersionId, { coopId, id: refundId, order, amountMinor });
  }
}
