import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/index.js';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/index.js';
import { BookingType } from '../booking.types.js';
import { BookingsRepository } from '../bookings.repository.js';
import { Misfit } from './set-changeovers.types.js';

/** The two bookings of a pair that no longer fits, in one query for all pairs of an answer. */
@Resolver(() => Misfit)
export class MisfitResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
  ) {}

  @ResolveField(() => BookingType, { nullable: true, description: 'The first of the two.' })
  before(@Parent() pair: Misfit, @Context() context: GraphqlContext): Promise<BookingType | null> {
    return pair.beforeBookingId === null
      ? Promise.resolve(null)
      : this.load(pair.coopId, pair.beforeBookingId, context);
  }

  @ResolveField(() => BookingType, { description: 'The one that starts too early after it.' })
  async after(@Parent() pair: Misfit, @Context() context: GraphqlContext): Promise<BookingType> {
    const booking = await this.load(pair.coopId, pair.afterBookingId, context);
    if (booking === null)
      throw new Error(`booking ${pair.afterBookingId} is gone although nothing deletes one`);
    return booking;
  }

  private load(coopId: string, id: string, context: GraphqlContext): Promise<BookingType | null> {
    return loaderOf<BookingType | null>(
      context,
      `bookingOfMisfit ${coopId}`,
      async (ids) => {
        const found = await this.bookings.byIds(this.database, coopId, ids);
        return new Map(found.map((each) => [each.id, each]));
      },
      null,
    ).load(id);
  }
}
