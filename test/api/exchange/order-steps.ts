import type { TestApp } from '../../support/app.js';
import {
  exchange,
  once,
  type ExchangeAnswer,
  type TestOrder,
  type TestProvider,
} from '../../support/builders/exchange.js';
import type { Caller } from '../../support/graphql-client.js';

/** What both sides do with an order; the provider's admin acts unless somebody else is named. */
export interface OrderSteps {
  advance(order: TestOrder, to: string, who?: Caller): Promise<ExchangeAnswer>;
  inspect(
    order: TestOrder,
    passed: number,
    failed: number,
    who?: Caller,
    request?: object,
  ): Promise<ExchangeAnswer>;
  cancel(order: TestOrder, who: Caller, coopId?: string | null, request?: object): Promise<ExchangeAnswer>;
  postings(order: TestOrder): Promise<Posting[]>;
}

export interface Posting {
  readonly [column: string]: unknown;
  readonly coop_id: string;
  readonly kind: string;
  readonly account: string;
  readonly party_id: string | null;
  readonly amount_minor: string;
}

const POSTINGS = `select t.coop_id, t.kind, e.account, e.party_id, e.amount_minor
    from ledger_transaction t join ledger_entry e on e.coop_id = t.coop_id and e.transaction_id = t.id
   where t.reference = $1 order by t.posted_at, t.kind, e.account`;

export function orderSteps(app: TestApp, provider: () => TestProvider): OrderSteps {
  return {
    advance: (order, to, who = provider().admin) =>
      exchange(app, who, 'advanceServiceOrder', { coopId: order.coopId, orderId: order.id, to }),
    inspect: ({ coopId, id }, passed, failed, who = provider().admin, request = once()) =>
      exchange(app, who, 'recordServiceQuality', { coopId, orderId: id, passed, failed, ...request }),
    cancel: (order, who, coopId = null, request = once()) =>
      exchange(app, who, 'cancelServiceOrder', {
        coopId,
        providerId: order.coopId,
        orderId: order.id,
        ...request,
      }),
    postings: (order) => app.database.query<Posting>(POSTINGS, [order.id]),
  };
}
