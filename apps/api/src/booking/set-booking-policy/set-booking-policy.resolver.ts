import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, ROLES } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { PoliciesRepository } from '../policy/policies.repository.js';
import { BookingPolicyType } from '../policy/policy.types.js';
import { SetBookingPolicy } from './set-booking-policy.js';
import {
  SetBookingPolicyInput,
  SetBookingPolicyResult,
  type SetBookingPolicyOutcome,
} from './set-booking-policy.types.js';

@Resolver()
export class BookingPolicyResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SetBookingPolicy) private readonly setBookingPolicy: SetBookingPolicy,
    @Inject(PoliciesRepository) private readonly policies: PoliciesRepository,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => BookingPolicyType, { description: 'What cancelling, staying away and working longer cost.' })
  bookingPolicy(@Args('coopId', { type: () => ID }) coopId: string): Promise<BookingPolicyType> {
    return this.policies.load(this.database, coopId);
  }

  @Access({ roles: ['admin'] })
  @Mutation(() => SetBookingPolicyResult, { name: 'setBookingPolicy' })
  run(@Args('input') input: SetBookingPolicyInput): Promise<SetBookingPolicyOutcome> {
    return this.setBookingPolicy.run(input);
  }
}
