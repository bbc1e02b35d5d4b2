import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import { SaleOrdersRepository } from '../sale-orders.repository.js';

/** Marks a kept order as handed over. The caller has locked the order and posts the hand-over to the books. */
@Injectable()
export class MarkHandedOver {
  constructor(@Inject(SaleOrdersRepository) private readonly orders: SaleOrdersRepository) {}

  /** Throws when the order is not kept: whoever hands over has checked that under the lock. */
  async run(tx: Transaction, order: { coopId: string; orderId: string; at: Date }): Promise<void> {
    const { coopId, orderId, at } = order;
    if (!(await this.orders.handOver(tx, { coopId, id: orderId }, at)))
      throw new Error(`order ${orderId} is not kept, so it cannot be handed over`);
  }
}
