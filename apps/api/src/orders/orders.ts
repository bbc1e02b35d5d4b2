import { Inject, Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';
import type { OrderType } from './orders.types.js';
import { SaleOrdersRepository } from './sale-orders.repository.js';

/** What other features may ask about orders. */
@Injectable()
export class Orders {
  constructor(@Inject(SaleOrdersRepository) private readonly orders: SaleOrdersRepository) {}

  /** The order; null when the co-op has none such. */
  async load(q: Queryable, coopId: string, orderId: string): Promise<OrderType | null> {
    return this.orders.load(q, coopId, orderId);
  }
}

/** The orders that a run is made for. */
@Injectable()
export class KeptOrders {
  constructor(@Inject(SaleOrdersRepository) private readonly orders: SaleOrdersRepository) {}

  /** Every kept order of a drop with its units, by id. */
  async ofDrop(
    q: Queryable,
    coopId: string,
    dropId: string,
  ): Promise<{ orderId: string; quantity: number }[]> {
    const kept = await this.orders.inState(q, { coopId, id: dropId }, 'kept', null);
    return kept.map((order) => ({ orderId: order.id, quantity: order.quantity }));
  }
}
