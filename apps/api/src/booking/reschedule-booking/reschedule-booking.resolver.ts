import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { RescheduleBooking } from './reschedule-booking.js';
import {
  RescheduleBookingInput,
  RescheduleBookingResult,
  type RescheduleBookingOutcome,
} from './reschedule-booking.types.js';

@Resolver()
export class RescheduleBookingResolver {
  constructor(@Inject(RescheduleBooking) private readonly rescheduleBooking: RescheduleBooking) {}

  @Access({ roles: ROLES })
  @Mutation(() => RescheduleBookingResult, {
    name: 'rescheduleBooking',
    description: 'To another window of the same cell: the old one is kept unless the new one is won.',
  })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: RescheduleBookingInput,
  ): Promise<RescheduleBookingOutcome> {
    return this.rescheduleBooking.run(accountOf(actor), input);
  }
}
