import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { ConfirmBooking } from './confirm-booking.js';
import {
  ConfirmBookingInput,
  ConfirmBookingResult,
  type ConfirmBookingOutcome,
} from './confirm-booking.types.js';

@Resolver()
export class ConfirmBookingResolver {
  constructor(@Inject(ConfirmBooking) private readonly confirmBooking: ConfirmBooking) {}

  @Access({ roles: ROLES })
  @Mutation(() => ConfirmBookingResult, { name: 'confirmBooking' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: ConfirmBookingInput,
  ): Promise<ConfirmBookingOutcome> {
    return this.confirmBooking.run(accountOf(actor), input);
  }
}
