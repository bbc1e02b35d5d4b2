import { Inject, Injectable } from '@nestjs/common';
import { decideOrder } from '@touchmark/drops';
import { Editions } from '../../catalog/index.js';
import { Transactions, claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { requireRequestId } from '../../platform/graphql/request-id.js';
import { DropsRepository } from '../drops.repository.js';
import { ExpireOrders } from '../expire-orders/expire-orders.js';
import { OrderJobs } from '../jobs.js';
import type { DropType, OrderType } from '../orders.types.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import { PaymentsRepository } from '../payments.repository.js';
import { SaleOrdersRepository } from '../sale-orders.repository.js';
import {
  DropNotOpen,
  OrderPlaced,
  SoldOut,
  type PlaceOrderInput,
  type PlaceOrderOutcome,
} from './place-order.types.js';

/** Holds units of an open drop for a buyer and requests the payment. */
@Injectable()
export class PlaceOrder {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DropsRepository) private readonly drops: DropsRepository,
    @Inject(SaleOrdersRepository) private readonly orders: SaleOrdersRepository,
    @Inject(PaymentsRepository) private readonly payments: PaymentsRepository,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(ExpireOrders) private readonly expireOrders: ExpireOrders,
    @Inject(PaymentProvider) private readonly provider: PaymentProvider,
    @Inject(OrderJobs) private readonly jobs: OrderJobs,
  ) {}

  async run(buyerId: string, input: PlaceOrderInput): Promise<PlaceOrderOutcome> {
    requireRequestId(input.requestId);
    if (!isUuid(input.coopId) || !isUuid(input.dropId)) return new NotFound('drop');
    const refused = this.provider.refuses(input.paymentMethod);
    if (refused !== null) return new InputRefused('paymentMethod', refused);
    return this.transactions.run(['OrderPlaced'], (tx) => this.place(tx, buyerId, input));
  }

  private async place(tx: Transaction, buyerId: string, input: PlaceOrderInput): Promise<PlaceOrderOutcome> {
    const { coopId, dropId, quantity, requestId } = input;
    const id = newId();
    const claim = await claimRequest(tx, {
      ...{ actorId: buyerId, operation: 'placeOrder', requestId, input, subjectId: id },
    });
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.rebuild(tx, coopId, buyerId, claim.subjectId);
    const drop = await this.lockDrop(tx, coopId, dropId, quantity);
    if (drop === null) return new NotFound('drop');
    const edition = await this.editions.load(tx, coopId, drop.editionId);
    if (edition === null) throw new Error(`drop ${dropId} has no edition`);
    const { unitPriceMinor, currency } = edition;
    const placedAt = await tx.now();
    const unitsLeft = drop.size - drop.unitsHeld - drop.unitsSold;
    const { state } = drop;
    const closesAt = drop.closesAt.getTime();
    const decided = decideOrder({
      now: placedAt.getTime(),
      state,
      closesAt,
      unitsLeft,
      quantity,
      unitPriceMinor,
    });
    if (decided.kind === 'QuantityInvalid') return new InputRefused('quantity', decided.message);
    if (decided.kind === 'DropNotOpen') return new DropNotOpen(decided);
    if (decided.kind === 'SoldOut') return new SoldOut(decided);
    const order: OrderType = {
      // The ids as they are stored, whatever letters they came in: they go into keys that are compared as text.
      ...{ coopId: drop.coopId, id, dropId: drop.id, editionId: edition.id },
      ...{ buyerId, quantity, unitPriceMinor, currency, placedAt },
      ...{ amountMinor: decided.amountMinor, refundedMinor: 0n, state: 'awaiting_payment' },
      ...{ payBy: new Date(decided.payBy), handedOverAt: null },
    };
    await this.write(tx, order, input.paymentMethod);
    return new OrderPlaced(order);
  }

  /** Locks the drop's edition; when too few units are left, orders that were not paid in time give theirs back first. */
  private async lockDrop(
    tx: Transaction,
    coopId: string,
    dropId: string,
    quantity: number,
  ): Promise<DropType | null> {
    const known = await this.drops.load(tx, coopId, dropId);
    if (known === null) return null;
    await tx.lock('edition', coopId, [known.editionId]);
    tx.locking('sale_order');
    const drop = await this.drops.load(tx, coopId, dropId);
    if (drop === null || drop.size - drop.unitsHeld - drop.unitsSold >= quantity) return drop;
    await this.expireOrders.expire(tx, drop, await tx.now());
    return this.drops.load(tx, coopId, dropId);
  }

  private async write(tx: Transaction, order: OrderType, method: string): Promise<void> {
    const { coopId, id: orderId, quantity, amountMinor, currency } = order;
    const payment = {
      coopId,
      id: newId(),
      orderId,
      provider: this.provider.name,
      method,
      amountMinor,
      currency,
    };
    await this.orders.insert(tx, order);
    await this.drops.move(tx, { coopId, id: order.dropId }, { held: quantity, sold: 0 });
    await this.payments.insert(
      tx,
      { ...payment, providerReference: null, state: 'requested' },
      order.placedAt,
    );
    await this.jobs.capturePayments(tx, [payment]);
  }

  private async rebuild(
    tx: Transaction,
    coopId: string,
    buyerId: string,
    id: string,
  ): Promise<OrderPlaced | NotFound> {
    const order = await this.orders.load(tx, coopId, id);
    return order?.buyerId === buyerId ? new OrderPlaced(order) : new NotFound('order');
  }
}
