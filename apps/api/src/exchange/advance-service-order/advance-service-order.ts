import { Inject, Injectable } from '@nestjs/common';
import { decideAdvance } from '@touchmark/exchange';
import { Transactions, type Transaction } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
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
    await tx.lock('service_order', key.coopId, [key.id]);
    const order = await this.orders.byId(tx, key);
    if (order === null) return new NotFound('order');
    if (order.state === to) return new ServiceOrderAdvanced(order);
    const { state } = order;
    const decision = decideAdvance(state, to, order.passed !== null);
    if (decision.kind === 'NotAllowed') return new TransitionRefused(decision.message, state, decision.next);
    const now = await tx.now();
    const change = { from: [state], to, ...(to === 'ready' ? { readyAt: now } : {}) };
    const changed = await this.orders.change(tx, key, change, actorId, now);
    if (changed === null) throw new Error(`order ${key.id} changed its state although it is locked`);
    await this.tellParties.advanced(tx, changed, to);
    return new ServiceOrderAdvanced(changed);
  }
}
