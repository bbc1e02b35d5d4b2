import { Inject } from '@nestjs/common';
import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../../platform/auth/index.js';
import { Database } from '../../../platform/database/index.js';
import {
  PageArgs,
  connectionType,
  loaderOf,
  pageById,
  type Connection,
  type GraphqlContext,
} from '../../../platform/graphql/index.js';
import { CellType, Cells } from '../../../workshops/index.js';
import { BookingType } from '../../booking.types.js';
import { BookingsRepository } from '../../bookings.repository.js';
import { loadCell } from '../../cell-loader.js';
import { WaitingEntriesRepository } from '../waiting-entries.repository.js';
import { WaitingEntryType } from '../waiting-list.types.js';

const WaitingEntryConnection = connectionType(WaitingEntryType, 'WaitingEntry');

@Resolver(() => WaitingEntryType)
export class WaitingEntryResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WaitingEntriesRepository) private readonly entries: WaitingEntriesRepository,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(Cells) private readonly cells: Cells,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => WaitingEntryConnection, {
    description: "The caller's places in the queues of a co-op and what became of them, newest first.",
  })
  async myWaiting(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<WaitingEntryType>> {
    return pageById(args, (request) =>
      this.entries.pageOfMember(this.database, coopId, accountOf(actor), request),
    );
  }

  @ResolveField(() => Int, { nullable: true, description: '1 is next; null for who no longer waits.' })
  place(@Parent() entry: WaitingEntryType, @Context() context: GraphqlContext): Promise<number | null> {
    const { coopId, id } = entry;
    return loaderOf<number | null>(
      context,
      `placeOfWaiting ${coopId}`,
      (ids) => this.entries.places(this.database, coopId, ids),
      null,
    ).load(id);
  }

  @ResolveField(() => CellType)
  cell(@Parent() entry: WaitingEntryType, @Context() context: GraphqlContext): Promise<CellType> {
    return loadCell(context, this.cells, this.database, entry);
  }

  @ResolveField(() => BookingType, { nullable: true, description: 'The hold that was offered.' })
  booking(
    @Parent() entry: WaitingEntryType,
    @Context() context: GraphqlContext,
  ): Promise<BookingType | null> {
    const { coopId, bookingId } = entry;
    if (bookingId === null) return Promise.resolve(null);
    return loaderOf<BookingType | null>(
      context,
      `bookingOfWaiting ${coopId}`,
      async (ids) => {
        const found = await this.bookings.byIds(this.database, coopId, ids);
        return new Map(found.map((each) => [each.id, each]));
      },
      null,
    ).load(bookingId);
  }
}
