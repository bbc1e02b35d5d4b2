import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { PageArgs, connectionOf, isUuid, type Connection } from '../../platform/graphql/index.js';
import { emptyConnection, newestPage } from '../../platform/graphql/newest-page.js';
import { Parties, sideOf, type Party } from '../party.js';
import { ServiceQuoteType } from '../quote.types.js';
import { QuotesRepository } from '../quotes.repository.js';
import { ServiceOrderConnection, ServiceOrderType, TradeSide } from '../service-order.types.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';

@Resolver()
export class ShowOrdersResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Parties) private readonly parties: Parties,
    @Inject(QuotesRepository) private readonly quotes: QuotesRepository,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
  ) {}

  @Access({ roles: ['operator', 'treasurer', 'admin'], brand: 'exchange:read' })
  @Query(() => ServiceOrderConnection, {
    name: 'serviceOrders',
    description: 'Sold or bought, newest first.',
  })
  async page(
    @CurrentActor() actor: Actor,
    @Args('side', { type: () => TradeSide }) side: TradeSide,
    @Args() args: PageArgs,
    @Args('coopId', { type: () => ID, nullable: true }) coopId?: string | null,
  ): Promise<Connection<ServiceOrderType>> {
    const request = newestPage(args);
    const party = await this.parties.of(actor, coopId);
    if (party === null) return emptyConnection();
    const rows = await this.rows(party, side, request);
    const keysOf = (order: ServiceOrderType): string[] => [order.acceptedAt.toISOString(), order.id];
    return connectionOf(rows, request, keysOf, (order) => order);
  }

  @Access({ roles: ['operator', 'treasurer', 'admin'], brand: 'exchange:read' })
  @Query(() => ServiceOrderType, { name: 'serviceOrder', nullable: true })
  async order(
    @CurrentActor() actor: Actor,
    @Args('providerId', { type: () => ID }) providerId: string,
    @Args('id', { type: () => ID }) id: string,
    @Args('coopId', { type: () => ID, nullable: true }) coopId?: string | null,
  ): Promise<ServiceOrderType | null> {
    const party = await this.parties.of(actor, coopId);
    if (party === null || !isUuid(providerId) || !isUuid(id)) return null;
    const order = await this.orders.byId(this.database, { coopId: providerId, id });
    return order !== null && sideOf(order, party) !== null ? order : null;
  }

  @Access({ roles: ['treasurer', 'admin'], brand: 'exchange:read' })
  @Query(() => ServiceQuoteType, { name: 'serviceQuote', nullable: true })
  async quote(
    @CurrentActor() actor: Actor,
    @Args('providerId', { type: () => ID }) providerId: string,
    @Args('id', { type: () => ID }) id: string,
    @Args('coopId', { type: () => ID, nullable: true }) coopId?: string | null,
  ): Promise<ServiceQuoteType | null> {
    const party = await this.parties.of(actor, coopId);
    if (party === null || !isUuid(providerId) || !isUuid(id)) return null;
    const quote = await this.quotes.byId(this.database, { coopId: providerId, id });
    return quote !== null && sideOf(quote, party) !== null ? quote : null;
  }

  private rows(
    party: Party,
    side: TradeSide,
    request: ReturnType<typeof newestPage>,
  ): Promise<ServiceOrderType[]> {
    if (side === 'bought') return this.orders.bought(this.database, party, request);
    const { coopId } = party;
    return coopId === null ? Promise.resolve([]) : this.orders.sold(this.database, coopId, request);
  }
}
