import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { CancelBooking } from './cancel-booking.js';
import {
  CancelBookingInput,
  CancelBookingResult,
  type CancelBookingOutcome,
} from './cancel-booking.types.js';

@Resolver()
export class CancelBookingResolver {
  constructor(@Inject(CancelBooking) private readonly cancelBooking: CancelBooking) {}

  @Access({ roles: ROLES })
  @Mutation(() => CancelBookingResult, { name: 'cancelBooking' })
  run(@CurrentActor() actor: Actor, @Args('input') input: CancelBookingInput): Promise<CancelBookingOutcome> {
    return this.cancelBooking.run(accountOf(actor), input);
  }
}
