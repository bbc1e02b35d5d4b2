import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/index.js';
import {
  PageArgs,
  badUserInput,
  connectionOf,
  loaderOf,
  pageRequest,
  type Connection,
  type GraphqlContext,
  type PageRequest,
} from '../../platform/graphql/index.js';
import { BookingType } from '../booking.types.js';
import { HistoryRepository } from './history.repository.js';
import { BookingEventConnection, type BookingEventType } from './history.types.js';

function eventsPage(args: PageArgs): PageRequest {
  const page = pageRequest(args, 1);
  if (page.after?.every((key) => /^\d{1,18}$/.test(key)) ?? true) return page;
  throw badUserInput('after is not a cursor of this list. Send an endCursor back unchanged.');
}

/** What happened to a booking, batched for every booking of an answer. */
@Resolver(() => BookingType)
export class HistoryResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HistoryRepository) private readonly events: HistoryRepository,
  ) {}

  @ResolveField(() => BookingEventConnection, { description: 'In the order in which it happened.' })
  async history(
    @Parent() { coopId, id }: BookingType,
    @Args() args: PageArgs,
    @Context() context: GraphqlContext,
  ): Promise<Connection<BookingEventType>> {
    const page = eventsPage(args);
    const [after] = page.after ?? [];
    const load = async (keys: readonly string[]): Promise<Map<string, BookingEventType[]>> => {
      const bookings = keys.map((key) => {
        const [coop = '', own = ''] = key.split(' ');
        return { coopId: coop, id: own };
      });
      const found = await this.events.ofBookings(this.database, bookings, after ?? null, page.limit);
      return Map.groupBy(found, (event) => `${event.coopId} ${event.bookingId}`);
    };
    const name = `history ${String(page.limit)} ${after ?? ''}`;
    const rows = await loaderOf<BookingEventType[]>(context, name, load, []).load(`${coopId} ${id}`);
    return connectionOf(
      rows,
      page,
      (row) => [row.sequence],
      (row) => row,
    );
  }
}
