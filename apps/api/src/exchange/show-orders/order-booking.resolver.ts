import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/index.js';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/index.js';
import { CellType, Cells, StationType } from '../../workshops/index.js';
import type { OfferKey } from '../offers.repository.js';
import { ServiceOrderBookingType } from '../service-order.types.js';

const keyOf = ({ coopId, id }: OfferKey): string => `${coopId} ${id}`;
const keysFrom = (keys: readonly string[]): OfferKey[] =>
  keys.map((key) => key.split(' ')).map(([coopId = '', id = '']) => ({ coopId, id }));

/** Where the time of an order is. */
@Resolver(() => ServiceOrderBookingType)
export class OrderBookingResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Cells) private readonly cells: Cells,
  ) {}

  @ResolveField(() => CellType)
  cell(
    @Parent() { coopId, cellId }: ServiceOrderBookingType,
    @Context() context: GraphqlContext,
  ): Promise<CellType> {
    const load = (keys: OfferKey[]): Promise<CellType[]> => this.cells.byIds(this.database, keys);
    return loaded(context, 'exchange.cell', { coopId, id: cellId }, load);
  }

  @ResolveField(() => StationType)
  station(
    @Parent() { coopId, stationId }: ServiceOrderBookingType,
    @Context() context: GraphqlContext,
  ): Promise<StationType> {
    const load = (keys: OfferKey[]) => this.cells.stationsByIds(this.database, keys);
    return loaded(context, 'exchange.station', { coopId, id: stationId }, load);
  }
}

async function loaded<Thing extends OfferKey>(
  context: GraphqlContext,
  name: string,
  key: OfferKey,
  load: (keys: OfferKey[]) => Promise<Thing[]>,
): Promise<Thing> {
  const loader = loaderOf<Thing | null>(
    context,
    name,
    async (keys) => new Map((await load(keysFrom(keys))).map((thing) => [keyOf(thing), thing])),
    null,
  );
  const found = await loader.load(keyOf(key));
  if (found === null) throw new Error(`${name} ${key.id} is gone although a foreign key keeps it`);
  return found;
}
