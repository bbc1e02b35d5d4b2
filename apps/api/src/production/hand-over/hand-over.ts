import { Inject, Injectable } from '@nestjs/common';
import { decideHandOver } from '@touchmark/production';
import { Editions } from '../../catalog/index.js';
import { MarkHandedOver, Orders, type OrderType } from '../../orders/index.js';
import { Postings } from '../../payouts/index.js';
import { Transactions, claimRequest, type Transaction } from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { NotReady } from '../production.types.js';
import { UnitsRepository } from '../units.repository.js';
import { OrderHandedOver, type HandOverInput, type HandOverOutcome } from './hand-over.types.js';

/** Gives an order's pieces to its buyer, which makes the money of the sale payable. */
@Injectable()
export class HandOver {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(MarkHandedOver) private readonly markHandedOver: MarkHandedOver,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Postings) private readonly postings: Postings,
    @Inject(UnitsRepository) private readonly units: UnitsRepository,
  ) {}

  async run(actorId: string, input: HandOverInput): Promise<HandOverOutcome> {
    if (!isUuid(input.orderId)) return new NotFound('order');
    return this.transactions.run(['OrderHandedOver'], (tx) => this.handOver(tx, actorId, input));
  }

  private async handOver(tx: Transaction, actorId: string, input: HandOverInput): Promise<HandOverOutcome> {
    const { coopId, orderId, requestId } = input;
    const claim = await claimRequest(tx, {
      ...{ actorId, operation: 'handOver', requestId, input, subjectId: orderId },
    });
    if (claim.kind === 'Reused') return new RequestIdReused();
    // An inspection of one of the order's units locks the order too, so nothing about them moves from here on.
    const [locked] = claim.kind === 'Fresh' ? await tx.lock('sale_order', coopId, [orderId]) : [orderId];
    const order = locked === undefined ? null : await this.orders.load(tx, coopId, orderId);
    if (order === null) return new NotFound('order');
    if (claim.kind === 'Seen') return new OrderHandedOver(order);
    const decided = decideHandOver(order.state, await this.units.ofOrders(tx, [order]));
    if (decided.kind === 'NotReady') return new NotReady(decided.message);
    await this.post(tx, order);
    const at = await tx.now();
    await this.units.handOver(tx, order);
    await this.markHandedOver.run(tx, { coopId, orderId, at });
    return new OrderHandedOver({ ...order, state: 'handed_over', handedOverAt: at });
  }

  private async post(tx: Transaction, order: OrderType): Promise<void> {
    const { coopId, id: reference, editionId, currency } = order;
    const edition = await this.editions.load(tx, coopId, editionId);
    if (edition === null) throw new Error(`edition ${editionId} of order ${reference} does not exist`);
    const amountMinor = order.amountMinor - order.refundedMinor;
    const versionId = edition.agreementVersionId;
    await this.postings.post(tx, coopId, [
      { kind: 'handed_over', reference, versionId, amountMinor, currency },
    ]);
  }
}
