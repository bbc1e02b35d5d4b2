import { Inject, Injectable } from '@nestjs/common';
import { Notices, wallClock } from '../notices/index.js';
import type { Transaction } from '../platform/database/index.js';
import { ProviderBrandsRepository } from './provider-brands.repository.js';
import type { ServiceOrderType } from './service-order.types.js';
import { ServiceOrdersRepository } from './service-orders.repository.js';

/** Who is told of an order, at a co-op: those who run its trade. */
const RUNS_TRADE = `SELECT account_id AS id FROM membership
  WHERE coop_id = $1 AND removed_at IS NULL AND roles && $2::text[] ORDER BY account_id`;

type Order = Pick<
  ServiceOrderType,
  'coopId' | 'id' | 'buyerCoopId' | 'buyerBrandId' | 'promisedAt' | 'units'
>;

interface Words {
  readonly kind: string;
  readonly title: string;
  readonly body: string;
}

type WhyMoved = 'reclaimed' | 'out_of_service' | 'out_of_service_when_firm';
type WhyEnded = WhyMoved | 'refunded';

const OUT = 'A station of the provider is out of service';
const MOVED_BECAUSE: Readonly<Record<WhyMoved, string>> = {
  reclaimed: "The provider's members needed a window back.",
  out_of_service: `${OUT}.`,
  out_of_service_when_firm: `${OUT}.`,
};
const ENDED_BECAUSE: Readonly<Record<WhyEnded, string>> = {
  reclaimed: "The provider's members took the capacity back and no other place keeps the promise.",
  out_of_service: `${OUT} and no other place keeps the promise.`,
  out_of_service_when_firm: `${OUT} and no other place keeps the promise.`,
  refunded: 'The provider has called it off.',
};
// Named like the states that the order comes into.
const ENDED_AS: Readonly<Record<WhyEnded, string>> = {
  reclaimed: 'service_order_reclaimed',
  out_of_service: 'service_order_reclaimed',
  out_of_service_when_firm: 'service_order_refunded',
  refunded: 'service_order_refunded',
};

/** Tells the two sides of an order what the other did, in the pages and by mail. */
@Injectable()
export class TellParties {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
    @Inject(ProviderBrandsRepository) private readonly brands: ProviderBrandsRepository,
  ) {}

  async ordered(tx: Transaction, order: Order, offer: string): Promise<void> {
    const by = await this.promiseOf(tx, order);
    await this.provider(tx, order, {
      kind: 'service_ordered',
      title: `New order: ${String(order.units)} x ${offer}`,
      body: `A peer has accepted your quote. The work is booked on your stations and promised by ${by}.`,
    });
  }

  async advanced(tx: Transaction, order: Order, state: string): Promise<void> {
    const now = state.replace('_', ' ');
    await this.buyer(tx, order, {
      kind: 'service_order_advanced',
      title: `Your order is ${now}`,
      body: `The provider says that your order of ${String(order.units)} units is ${now}.`,
    });
  }

  /** The order lost its place and found another that keeps its promise. */
  async moved(tx: Transaction, order: Order, why: WhyMoved): Promise<void> {
    const by = await this.promiseOf(tx, order);
    const kind = 'service_order_moved';
    await this.buyer(tx, order, {
      kind,
      title: 'Your order was moved, its promise stands',
      body: `${MOVED_BECAUSE[why]} Your order was given another; it is still promised by ${by}.`,
    });
    if (why === 'reclaimed') return;
    await this.provider(tx, order, {
      kind,
      title: 'An order was moved from a station that is out of service',
      body: `An order of ${String(order.units)} units has another place on your stations. It is still promised by ${by}.`,
    });
  }

  async ended(tx: Transaction, order: Order, why: WhyEnded, refunded: string): Promise<void> {
    const kind = ENDED_AS[why];
    await this.buyer(tx, order, {
      kind,
      title: 'Your order was ended by the provider',
      body: `${ENDED_BECAUSE[why]} ${refunded} of its price came back.`,
    });
    if (why === 'reclaimed' || why === 'refunded') return;
    await this.provider(tx, order, {
      kind,
      title: 'An order was ended, because a station is out of service',
      body: `No other place keeps the promise of an order of ${String(order.units)} units. ${refunded} of its price went back to its buyer.`,
    });
  }

  async cancelled(tx: Transaction, order: Order): Promise<void> {
    await this.provider(tx, order, {
      kind: 'service_order_cancelled',
      title: 'An order was cancelled by its buyer',
      body: `The stations of an order of ${String(order.units)} units are free again.`,
    });
  }

  async wrote(tx: Transaction, order: Order, from: 'provider' | 'buyer'): Promise<void> {
    const words = {
      kind: 'service_message',
      title: 'A message about an order',
      body: 'Read it with the order.',
    };
    await (from === 'provider' ? this.buyer(tx, order, words) : this.provider(tx, order, words));
  }

  /** The promise by the clocks of the workshop that makes it. */
  private async promiseOf(tx: Transaction, order: Order): Promise<string> {
    const timeZone = await this.orders.timeZone(tx, order);
    return `${wallClock(timeZone, order.promisedAt)} (${timeZone})`;
  }

  private async provider(tx: Transaction, order: Order, words: Words): Promise<void> {
    await this.tell(tx, order, words, await membersOf(tx, order.coopId, ['operator', 'admin']));
  }

  private async buyer(tx: Transaction, order: Order, words: Words): Promise<void> {
    await this.tell(tx, order, words, await this.buyersOf(tx, order));
  }

  /** What was bought for a co-op is that co-op's alone: the brand that bought it may act for another by now. */
  private async buyersOf(tx: Transaction, { buyerCoopId, buyerBrandId }: Order): Promise<string[]> {
    const brand = buyerBrandId === null ? [] : [buyerBrandId];
    if (buyerCoopId === null) return brand;
    const people = await membersOf(tx, buyerCoopId, ['treasurer', 'admin']);
    const actsFor = buyerBrandId === null ? null : await this.brands.coopOf(tx, buyerBrandId);
    return actsFor === buyerCoopId ? [...people, ...brand] : people;
  }

  private async tell(
    tx: Transaction,
    { coopId, id }: Order,
    words: Words,
    who: readonly string[],
  ): Promise<void> {
    const link = `/exchange/orders/${coopId}/${id}`;
    await this.notices.tell(
      tx,
      who.map((accountId) => ({ ...words, coopId, accountId, link })),
    );
  }
}

async function membersOf(tx: Transaction, coopId: string, roles: readonly string[]): Promise<string[]> {
  return (await tx.query<{ id: string }>(RUNS_TRADE, [coopId, roles])).map((row) => row.id);
}
