import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Bookings } from '../../booking/index.js';
import { CoopType, Coops, type Coop } from '../../membership/index.js';
import { Database } from '../../platform/database/index.js';
import {
  PageArgs,
  connectionOf,
  loaderOf,
  type Connection,
  type GraphqlContext,
} from '../../platform/graphql/index.js';
import { newestPage } from '../../platform/graphql/newest-page.js';
import { OfferType } from '../offer.types.js';
import { OffersRepository, type OfferKey } from '../offers.repository.js';
import { ProviderBrandsRepository } from '../provider-brands.repository.js';
import { ServiceQuoteType } from '../quote.types.js';
import { QuotesRepository } from '../quotes.repository.js';
import { ServiceMessagesRepository } from '../service-messages.repository.js';
import {
  ServiceMessageConnection,
  ServiceMessageType,
  ServiceOrderBookingType,
  ServiceOrderEventType,
  ServiceOrderType,
} from '../service-order.types.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';

type VersionKey = Pick<ServiceOrderType, 'coopId' | 'offerId' | 'version'>;

const keyOf = (...parts: readonly (string | number)[]): string => parts.join(' ');
const keysFrom = (keys: readonly string[]): OfferKey[] =>
  keys.map((key) => key.split(' ')).map(([coopId = '', id = '']) => ({ coopId, id }));

/** What belongs to an order or a quote; whoever may see it may see this. */
@Resolver(() => ServiceOrderType)
export class OrderFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bookings) private readonly bookings: Bookings,
    @Inject(Coops) private readonly coops: Coops,
    @Inject(ProviderBrandsRepository) private readonly brands: ProviderBrandsRepository,
    @Inject(OffersRepository) private readonly offers: OffersRepository,
    @Inject(QuotesRepository) private readonly quotes: QuotesRepository,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
    @Inject(ServiceMessagesRepository) private readonly messagesRepository: ServiceMessagesRepository,
  ) {}

  @ResolveField(() => OfferType, { description: 'In the version that was bought.' })
  offer(@Parent() order: ServiceOrderType, @Context() context: GraphqlContext): Promise<OfferType> {
    return loadOffer(this.database, this.offers, order, context);
  }

  @ResolveField(() => ServiceQuoteType)
  async quote(
    @Parent() order: ServiceOrderType,
    @Context() context: GraphqlContext,
  ): Promise<ServiceQuoteType> {
    const load = async (keys: readonly string[]): Promise<Map<string, ServiceQuoteType>> => {
      const rows = await this.quotes.byIds(this.database, keysFrom(keys));
      return new Map(rows.map((row) => [keyOf(row.coopId, row.id), row]));
    };
    const loader = loaderOf<ServiceQuoteType | null>(context, 'exchange.quote', load, null);
    const quote = await loader.load(keyOf(order.coopId, order.quoteId));
    if (quote === null) throw new Error(`the quote of order ${order.id} is missing`);
    return quote;
  }

  @ResolveField(() => [ServiceOrderEventType], { description: 'The states that it came into, oldest first.' })
  history(
    @Parent() order: ServiceOrderType,
    @Context() context: GraphqlContext,
  ): Promise<ServiceOrderEventType[]> {
    const load = async (keys: readonly string[]): Promise<Map<string, ServiceOrderEventType[]>> => {
      const found = await this.orders.events(this.database, keysFrom(keys));
      return new Map(keys.map((key) => [key, found.get(key.split(' ')[1] ?? '') ?? []]));
    };
    return loaderOf<ServiceOrderEventType[]>(context, 'exchange.history', load, []).load(
      keyOf(order.coopId, order.id),
    );
  }

  @ResolveField(() => [ServiceOrderBookingType], {
    name: 'bookings',
    description: 'Its time on the stations, by start; what was moved or cancelled too.',
  })
  bookingsOf(
    @Parent() order: ServiceOrderType,
    @Context() context: GraphqlContext,
  ): Promise<ServiceOrderBookingType[]> {
    const load = async (keys: readonly string[]): Promise<Map<string, ServiceOrderBookingType[]>> => {
      const ids = await this.orders.bookingIds(this.database, keysFrom(keys));
      const byKey = new Map<string, ServiceOrderBookingType[]>(keys.map((key) => [key, []]));
      for (const [coopId, of] of Map.groupBy(ids, (row) => row.coopId)) {
        const rows = await this.bookings.byIds(
          this.database,
          coopId,
          of.map((row) => row.bookingId),
        );
        for (const row of rows) byKey.get(keyOf(coopId, row.serviceOrderId ?? ''))?.push(row);
      }
      for (const rows of byKey.values()) rows.sort((a, b) => a.fromAt.getTime() - b.fromAt.getTime());
      return byKey;
    };
    return loaderOf<ServiceOrderBookingType[]>(context, 'exchange.bookings', load, []).load(
      keyOf(order.coopId, order.id),
    );
  }

  @ResolveField(() => ServiceMessageConnection, { description: 'Newest first.' })
  async messages(
    @Parent() order: ServiceOrderType,
    @Args() args: PageArgs,
    @Context() context: GraphqlContext,
  ): Promise<Connection<ServiceMessageType>> {
    const request = newestPage(args);
    const load = async (keys: readonly string[]): Promise<Map<string, ServiceMessageType[]>> => {
      const found = await this.messagesRepository.newest(this.database, keysFrom(keys), request);
      return new Map(keys.map((key) => [key, found.get(key.split(' ')[1] ?? '') ?? []]));
    };
    const name = `exchange.messages ${JSON.stringify(request)}`;
    const loader = loaderOf<ServiceMessageType[]>(context, name, load, []);
    const rows = await loader.load(keyOf(order.coopId, order.id));
    const keysOf = (message: ServiceMessageType): string[] => [message.sentAt.toISOString(), message.id];
    return connectionOf(rows, request, keysOf, (message) => message);
  }

  @ResolveField(() => CoopType)
  async provider(
    @Parent() { coopId }: ServiceOrderType,
    @Context() context: GraphqlContext,
  ): Promise<CoopType> {
    const coop = await this.coop(coopId, context);
    if (coop === null) throw new Error(`provider ${coopId} is missing`);
    return coop;
  }

  @ResolveField(() => String, { description: 'The name of the buyer.' })
  async buyerName(
    @Parent() { buyerCoopId, buyerBrandId }: ServiceOrderType,
    @Context() context: GraphqlContext,
  ): Promise<string> {
    if (buyerBrandId === null) return (await this.coop(buyerCoopId ?? '', context))?.name ?? '';
    const load = (ids: readonly string[]): Promise<Map<string, string>> =>
      this.brands.names(this.database, ids);
    return loaderOf<string>(context, 'exchange.brand', load, '').load(buyerBrandId);
  }

  private coop(id: string, context: GraphqlContext): Promise<Coop | null> {
    return loaderOf<Coop | null>(context, 'exchange.coop', (ids) => this.coops.byIds(ids), null).load(id);
  }
}

/** The offer of a quote. */
@Resolver(() => ServiceQuoteType)
export class QuoteFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OffersRepository) private readonly offers: OffersRepository,
  ) {}

  @ResolveField(() => OfferType, { description: 'In the version that was quoted.' })
  offer(@Parent() quote: ServiceQuoteType, @Context() context: GraphqlContext): Promise<OfferType> {
    return loadOffer(this.database, this.offers, quote, context);
  }
}

async function loadOffer(
  database: Database,
  offers: OffersRepository,
  { coopId, offerId, version }: VersionKey,
  context: GraphqlContext,
): Promise<OfferType> {
  const load = async (keys: readonly string[]): Promise<Map<string, OfferType>> => {
    const parsed = keys
      .map((key) => key.split(' '))
      .map(([of = '', id = '', at]) => ({ coopId: of, id, version: Number(at) }));
    const rows = await offers.versions(database, parsed);
    return new Map(rows.map((row) => [keyOf(row.coopId, row.id, row.version), row]));
  };
  const loader = loaderOf<OfferType | null>(context, 'exchange.offer', load, null);
  const offer = await loader.load(keyOf(coopId, offerId, version));
  if (offer === null) throw new Error(`version ${String(version)} of offer ${offerId} is missing`);
  return offer;
}
