import { Inject, Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';
import type { OrderType } from './orders.types.js';
import { SaleOrdersRepository, type KeptOrder } from './sale-orders.repository.js';

const PAGE = 1000;

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

  /** The edition of a drop and the units of all its kept orders; null when none is kept. */
  async sumOf(
    q: Queryable,
    coopId: string,
    dropId: string,
  ): Promise<{ editionId: string; quantity: number } | null> {
    return this.orders.keptSum(q, { coopId, id: dropId });
  }

  /** Every kept order of a drop with its units, by id, in pages of 1,000. */
  async *ofDrop(q: Queryable, coopId: string, dropId: string): AsyncGenerator<KeptOrder[]> {
    for (let after: string | null = null; ;) {
      const page: KeptOrder[] = await this.orders.kept(q, { coopId, id: dropId }, after, PAGE);
      if (page.length > 0) yield page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.orderId;
    }
  }
}
