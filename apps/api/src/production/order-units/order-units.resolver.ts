import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { isReplaced } from '@touchmark/production';
import { groupBy, keyOf, keysOf } from '../../catalog/index.js';
import { OrderType } from '../../orders/index.js';
import { Database } from '../../platform/database/index.js';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/index.js';
import { OrderUnitType } from '../production.types.js';
import { UnitsRepository } from '../units.repository.js';

/** The pieces of an order, for whoever may see the order. */
@Resolver(() => OrderType)
export class OrderUnitsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitsRepository) private readonly repository: UnitsRepository,
  ) {}

  @ResolveField(() => [OrderUnitType], {
    description:
      'One for each piece ordered, once the run is made; a piece that was made again is shown once.',
  })
  units(@Parent() order: OrderType, @Context() context: GraphqlContext): Promise<OrderUnitType[]> {
    const load = async (keys: readonly string[]) => {
      const units = await this.repository.ofOrders(this.database, keysOf(keys));
      return groupBy<OrderUnitType>(
        units.filter((unit) => !isReplaced(unit)),
        (unit) => keyOf(unit.coopId, unit.orderId),
      );
    };
    return loaderOf<OrderUnitType[]>(context, 'units of order', load, []).load(keyOf(order.coopId, order.id));
  }
}
