import { Inject, Injectable } from '@nestjs/common';
import { decideAdvance } from '@touchmark/exchange';
import { Transactions, type Transaction } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { Capacity } from '../capacity/capacity.js';
import { OrderUnderLocks, notBegun } from '../order-under-locks.js';
import type { Party } from '../party.js';
import { TransitionRefused } from '../service-order.types.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';
import { TellParties } from '../tell-parties.js';
import {
  ServiceOrderAdvanced,
  type AdvanceServiceOrderInput,
  type AdvanceServiceOrderOutcome,
} from './advance-service-order.types.js';

/** Moves an order to its next state, as the provider says; said twice it stays where it is. */
@Injectable()
export class AdvanceServiceOrder {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
    @Inject(OrderUnderLocks) private readonly underLocks: OrderUnderLocks,
    @Inject(Capacity) private readonly capacity: Capacity,
    @Inject(TellParties) private readonly tellParties: TellParties,
  ) {}

  async run(
    party: Party | null,
    { orderId, to }: AdvanceServiceOrderInput,
  ): Promise<AdvanceServiceOrderOutcome> {
    const coopId = party?.coopId ?? null;
    if (party === null || coopId === null || !isUuid(orderId)) return new NotFound('order');
    const key = { coopId, id: orderId.toLowerCase() };
    return this.transactions.run<'ServiceOrderAdvanced', AdvanceServiceOrderOutcome>(
      ['ServiceOrderAdvanced'],
      (tx) => this.advance(tx, key, to, party.accountId),
    );
  }

  private async advance(
    tx: Transaction,
    key: { readonly coopId: string; readonly id: string },
    to: AdvanceServiceOrderInput['to'],
    actorId: string,
  ): Promise<AdvanceServiceOrderOutcome> {
    const known = await this.orders.byId(tx, key);
    if (known === null) return new NotFound('order');
    // What was booked beyond the end of the work is freed then, so that takes the stations too.
    const held = to === 'ready' ? await this.underLocks.take(tx, known) : null;
    if (held === null) await tx.lock('service_order', key.coopId, [key.id]);
    const order = held?.order ?? (await this.orders.byId(tx, key)) ?? known;
    if (order.state === to) return new ServiceOrderAdvanced(order);
    const { state } = order;
    const decision = decideAdvance(state, to, order.passed !== null);
    if (decision.kind === 'NotAllowed') return new TransitionRefused(decision.message, state, decision.next);
    const now = await tx.now();
    const change = { from: [state], to, ...(to === 'ready' ? { readyAt: now } : {}) };
    const changed = await this.orders.change(tx, key, change, actorId, now);
    if (changed === null)
      return new TransitionRefused('The order changed at the same moment. Look at it again.', state, null);
    if (held !== null) {
      this.capacity.end(tx, held.cells, notBegun(held), 'cancelled', actorId);
      await this.capacity.settle(tx, held.cells);
    }
    await this.tellParties.advanced(tx, changed, to);
    return new ServiceOrderAdvanced(changed);
  }
}
