import { Inject, Injectable } from '@nestjs/common';
import { cancelRefund, decideCallOff } from '@touchmark/exchange';
import { formatMoney } from '@touchmark/money';
import { Database, Transactions, claimRequest, type Transaction } from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { Capacity } from '../capacity/capacity.js';
import { OrderUnderLocks, hasBegun, notBegun, type HeldOrder } from '../order-under-locks.js';
import { sideOf, type Party, type Side } from '../party.js';
import { TransitionRefused, type ServiceOrderType } from '../service-order.types.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';
import { TellParties } from '../tell-parties.js';
import { refundOf } from '../trade.js';
import {
  ServiceOrderCancelled,
  type CancelServiceOrderInput,
  type CancelServiceOrderOutcome,
} from './cancel-service-order.types.js';

/** Calls an order off: by its buyer for what the terms give back, by its provider for the whole price. */
@Injectable()
export class CancelServiceOrder {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
    @Inject(OrderUnderLocks) private readonly underLocks: OrderUnderLocks,
    @Inject(Capacity) private readonly capacity: Capacity,
    @Inject(TellParties) private readonly tellParties: TellParties,
  ) {}

  async run(party: Party | null, input: CancelServiceOrderInput): Promise<CancelServiceOrderOutcome> {
    const { providerId, orderId, requestId } = input;
    if (party === null || !isUuid(providerId) || !isUuid(orderId)) return new NotFound('order');
    const known = await this.orders.byId(this.database, { coopId: providerId, id: orderId });
    const side = known === null ? null : sideOf(known, party);
    if (known === null || side === null) return new NotFound('order');
    const request = { actorId: party.accountId, operation: 'cancelServiceOrder', requestId, input };
    return this.transactions.run<'ServiceOrderCancelled', CancelServiceOrderOutcome>(
      ['ServiceOrderCancelled'],
      async (tx) => {
        const seen = await claimRequest(tx, { ...request, subjectId: known.id });
        if (seen.kind === 'Reused') return new RequestIdReused();
        if (seen.kind === 'Seen')
          return new ServiceOrderCancelled((await this.orders.byId(tx, known)) ?? known);
        return this.cancel(tx, known, side, party.accountId);
      },
    );
  }

  private async cancel(
    tx: Transaction,
    known: ServiceOrderType,
    side: Side,
    actorId: string,
  ): Promise<CancelServiceOrderOutcome> {
    const held = await this.underLocks.take(tx, known);
    const { state } = held.order;
    const decision = decideCallOff(state, side, hasBegun(held));
    if (decision.kind === 'TooLate') return new TransitionRefused(decision.message, state, null);
    const refundedMinor = side === 'provider' ? held.order.priceMinor : backToBuyer(held);
    const { id: reference, currency } = held.order;
    await held.books.post(refundOf(held.order, { reference, amountMinor: refundedMinor, currency }));
    this.capacity.end(tx, held.cells, notBegun(held), 'cancelled', actorId);
    await this.capacity.settle(tx, held.cells);
    const to = side === 'provider' ? 'refunded' : 'cancelled';
    const change = { from: [state], to, refundedMinor } as const;
    const ended = await this.orders.change(tx, held.order, change, actorId, held.now);
    if (ended === null)
      return new TransitionRefused(
        'The order was moved on at the same moment. Look at it again.',
        state,
        null,
      );
    await (side === 'provider'
      ? this.tellParties.ended(tx, ended, 'refunded', formatMoney({ amountMinor: refundedMinor, currency }))
      : this.tellParties.cancelled(tx, ended));
    return new ServiceOrderCancelled(ended);
  }
}

function backToBuyer({ order, offer, bookings, now }: HeldOrder): bigint {
  const begins = bookings[0]?.fromAt.getTime() ?? now.getTime();
  return cancelRefund(offer.refund, order.priceMinor, begins - now.getTime());
}
