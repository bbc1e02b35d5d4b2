import { Inject } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { keyOf, keysOf } from '../../catalog/index.js';
import { Access, CurrentActor, accountOf, mayCall, type Actor } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  PageArgs,
  connectionOf,
  isUuid,
  loaderOf,
  type Connection,
  type GraphqlContext,
} from '../../platform/graphql/index.js';
import { newestPage } from '../../platform/graphql/newest-page.js';
import { DropsRepository } from '../drops.repository.js';
import { DropType, OrderConnection, OrderType } from '../orders.types.js';
import { SaleOrdersRepository } from '../sale-orders.repository.js';

/** Orders, for those who placed them and for those who make and hand over what was ordered. */
@Resolver(() => OrderType)
export class BrowseOrdersResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SaleOrdersRepository) private readonly orders: SaleOrdersRepository,
    @Inject(DropsRepository) private readonly drops: DropsRepository,
  ) {}

  @Access({ person: true, brand: 'orders:write' })
  @Query(() => OrderConnection, {
    name: 'myOrders',
    description: 'What the caller ordered anywhere, newest first.',
  })
  async mine(@Args() args: PageArgs, @CurrentActor() actor: Actor): Promise<Connection<OrderType>> {
    const page = newestPage(args);
    const rows = await this.orders.ofBuyer(this.database, accountOf(actor), page);
    return connectionOf(
      rows,
      page,
      (order) => [order.placedAt.toISOString(), order.id],
      (order) => order,
    );
  }

  @Access({ person: true, brand: 'orders:write' })
  @Query(() => OrderType, { name: 'order', nullable: true })
  async order(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<OrderType | null> {
    if (!isUuid(coopId) || !isUuid(id)) return null;
    const order = await this.orders.load(this.database, coopId, id);
    const works = mayCall({ roles: ['operator', 'admin'] }, actor, { coopId });
    return order !== null && (works || order.buyerId === accountOf(actor)) ? order : null;
  }

  @ResolveField(() => DropType)
  async drop(@Parent() order: OrderType, @Context() context: GraphqlContext): Promise<DropType> {
    const load = async (keys: readonly string[]) =>
      new Map(
        (await this.drops.byKeys(this.database, keysOf(keys))).map((one) => [keyOf(one.coopId, one.id), one]),
      );
    const drop = await loaderOf<DropType | null>(context, 'drop', load, null).load(
      keyOf(order.coopId, order.dropId),
    );
    if (drop === null) throw new Error(`order ${order.id} has no drop`);
    return drop;
  }
}
