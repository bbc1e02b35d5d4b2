import { Inject } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
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
import { SeriesRepository } from '../series.repository.js';
import { SeriesType } from '../series.types.js';

const SeriesConnection = connectionType(SeriesType, 'Series');

@Resolver(() => SeriesType)
export class SeriesResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SeriesRepository) private readonly series: SeriesRepository,
    @Inject(BookingsRepository) private readonly bookingRows: BookingsRepository,
    @Inject(Cells) private readonly cells: Cells,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => SeriesConnection, { description: "The caller's series in a co-op, newest first." })
  async mySeries(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<SeriesType>> {
    return pageById(args, (request) =>
      this.series.pageOfMember(this.database, coopId, accountOf(actor), request),
    );
  }

  @ResolveField(() => [BookingType], {
    description: 'Its occurrences by start, 60 at most as it was booked.',
  })
  bookings(@Parent() { coopId, id }: SeriesType, @Context() context: GraphqlContext): Promise<BookingType[]> {
    return loaderOf<BookingType[]>(
      context,
      `bookingsOfSeries ${coopId}`,
      async (seriesIds) => {
        const ids = await this.series.bookingIds(this.database, coopId, seriesIds);
        const found = await this.bookingRows.byIds(this.database, coopId, [...ids.values()].flat());
        const byId = new Map(found.map((booking) => [booking.id, booking]));
        return new Map(
          [...ids].map(([series, own]) => [series, own.flatMap((each) => byId.get(each) ?? [])]),
        );
      },
      [],
    ).load(id);
  }

  @ResolveField(() => CellType)
  cell(@Parent() series: SeriesType, @Context() context: GraphqlContext): Promise<CellType> {
    return loadCell(context, this.cells, this.database, series);
  }
}
