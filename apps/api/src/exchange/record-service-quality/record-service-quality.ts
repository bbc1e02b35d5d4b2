import { Inject, Injectable } from '@nestjs/common';
import { decideServiceQuality } from '@touchmark/exchange';
import { Transactions, claimRequest, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import type { OfferKey } from '../offers.repository.js';
import type { Party } from '../party.js';
import { TransitionRefused } from '../service-order.types.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';
import {
  ServiceQualityRecorded,
  type RecordServiceQualityInput,
  type RecordServiceQualityOutcome,
} from './record-service-quality.types.js';

/** Records how many units of a batch passed and failed: once, and never changed. */
@Injectable()
export class RecordServiceQuality {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
  ) {}

  async run(party: Party | null, input: RecordServiceQualityInput): Promise<RecordServiceQualityOutcome> {
    const coopId = party?.coopId ?? null;
    if (party === null || coopId === null || !isUuid(input.orderId)) return new NotFound('order');
    const key = { coopId, id: input.orderId.toLowerCase() };
    const { requestId } = input;
    const request = { actorId: party.accountId, operation: 'recordServiceQuality', requestId, input };
    return this.transactions.run<'ServiceQualityRecorded', RecordServiceQualityOutcome>(
      ['ServiceQualityRecorded'],
      async (tx) => {
        const seen = await claimRequest(tx, { ...request, subjectId: key.id });
        if (seen.kind === 'Reused') return new RequestIdReused();
        return this.record(tx, key, input, seen.kind === 'Seen');
      },
    );
  }

  private async record(
    tx: Transaction,
    key: OfferKey,
    { passed, failed }: RecordServiceQualityInput,
    seen: boolean,
  ): Promise<RecordServiceQualityOutcome> {
    await tx.lock('service_order', key.coopId, [key.id]);
    const order = await this.orders.byId(tx, key);
    if (order === null) return new NotFound('order');
    if (seen) return new ServiceQualityRecorded(order);
    const { state, units } = order;
    const recorded = order.passed !== null;
    const decision = decideServiceQuality({ state, units, recorded }, { passed, failed });
    if (decision.kind === 'QualityRefused')
      return decision.field === 'state'
        ? new TransitionRefused(decision.message, state, null)
        : new InputRefused(decision.field, decision.message);
    const inspected = await this.orders.inspect(tx, key, passed, failed);
    if (inspected === null) throw new Error(`order ${key.id} was inspected although it is locked`);
    return new ServiceQualityRecorded(inspected);
  }
}
