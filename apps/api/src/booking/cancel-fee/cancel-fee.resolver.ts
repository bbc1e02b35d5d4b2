import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/index.js';
import { BookingType } from '../booking.types.js';
import { CancelFeeType } from './cancel-fee.types.js';
import { CancelFees } from './cancel-fees.js';

@Resolver(() => BookingType)
export class CancelFeeResolver {
  constructor(@Inject(CancelFees) private readonly fees: CancelFees) {}

  @ResolveField(() => CancelFeeType, {
    nullable: true,
    description: 'What its member would pay for taking it back now; null for what they cannot cancel.',
  })
  cancelFee(
    @Parent() { coopId, id }: BookingType,
    @Context() context: GraphqlContext,
  ): Promise<CancelFeeType | null> {
    return loaderOf<CancelFeeType | null>(
      context,
      `cancelFeeOfBooking ${coopId}`,
      (ids) => this.fees.of(coopId, ids),
      null,
    ).load(id);
  }
}
