import { Inject } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import {
  PageArgs,
  connectionType,
  isUuid,
  loaderOf,
  pageById,
  type Connection,
  type GraphqlContext,
} from '../platform/graphql/index.js';
import { CellType, Cells, StationType, WorkshopType, Workshops } from '../workshops/index.js';
import { BookingType } from './booking.types.js';
import { BookingsRepository } from './bookings.repository.js';
import { runsWorkshop } from './viewer.js';

const BookingConnection = connectionType(BookingType, 'Booking');

interface Keyed {
  readonly coopId: string;
  readonly id: string;
}

@Resolver(() => BookingType)
export class BookingResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(Cells) private readonly cells: Cells,
    @Inject(Workshops) private readonly workshops: Workshops,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => BookingConnection, {
    description: "The caller's holds and bookings in a co-op, newest first.",
  })
  async myBookings(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<BookingType>> {
    return pageById(args, (request) =>
      this.bookings.pageOfMember(this.database, coopId, accountOf(actor), request),
    );
  }

  @Access({ roles: ROLES })
  @Query(() => BookingType, { nullable: true, description: "One's own, or any for who runs the workshop." })
  async booking(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<BookingType | null> {
    if (!isUuid(id)) return null;
    const [booking] = await this.bookings.byIds(this.database, coopId, [id]);
    if (booking === undefined) return null;
    return booking.accountId === accountOf(actor) || runsWorkshop(actor, coopId) ? booking : null;
  }

  @ResolveField(() => CellType)
  cell(@Parent() booking: BookingType, @Context() context: GraphqlContext): Promise<CellType> {
    return this.loaded(context, 'cellOfBooking', booking.coopId, booking.cellId, (keys) =>
      this.cells.byIds(this.database, keys),
    );
  }

  @ResolveField(() => StationType)
  station(@Parent() booking: BookingType, @Context() context: GraphqlContext): Promise<StationType> {
    return this.loaded(context, 'stationOfBooking', booking.coopId, booking.stationId, (keys) =>
      this.cells.stationsByIds(this.database, keys),
    );
  }

  @ResolveField(() => WorkshopType)
  workshop(@Parent() booking: BookingType, @Context() context: GraphqlContext): Promise<WorkshopType> {
    return this.loaded(context, 'workshopOfBooking', booking.coopId, booking.workshopId, (keys) =>
      this.workshops.byIds(this.database, keys),
    );
  }

  private async loaded<Thing extends Keyed>(
    context: GraphqlContext,
    name: string,
    coopId: string,
    id: string,
    load: (keys: Keyed[]) => Promise<Thing[]>,
  ): Promise<Thing> {
    const found = await loaderOf<Thing | null>(
      context,
      name,
      async (keys) => {
        const pairs = keys.map((key) => {
          const [coop = '', own = ''] = key.split(' ');
          return { coopId: coop, id: own };
        });
        const things = await load(pairs);
        return new Map(things.map((thing) => [`${thing.coopId} ${thing.id}`, thing]));
      },
      null,
    ).load(`${coopId} ${id}`);
    if (found === null) throw new Error(`${name} ${id} is gone although a foreign key keeps it`);
    return found;
  }
}
