import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Bookings } from '../../booking/index.js';
import { Database } from '../../platform/database/index.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';
import { ReclaimedWork, WindowReclaimed } from './reclaim-window.types.js';

/** Where the work went, for the member who took its window: what they may not see of the order itself stays away. */
@Resolver(() => WindowReclaimed)
export class ReclaimedWorkResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bookings) private readonly bookings: Bookings,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
  ) {}

  @ResolveField(() => ReclaimedWork, { description: 'What became of the work that had the window.' })
  async work(@Parent() { order: key }: WindowReclaimed): Promise<ReclaimedWork> {
    const order = await this.orders.byId(this.database, key);
    if (order === null) throw new Error(`order ${key.id} is missing`);
    const ids = (await this.orders.bookingIds(this.database, [key])).map(({ bookingId }) => bookingId);
    const all = await this.bookings.byIds(this.database, key.coopId, ids);
    const bookings = all
      .filter(({ state }) => state === 'confirmed')
      .sort((a, b) => a.fromAt.getTime() - b.fromAt.getTime());
    const { state, promisedAt, refundedMinor, currency } = order;
    return { state, promisedAt, refundedMinor, currency, bookings };
  }
}
