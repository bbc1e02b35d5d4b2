import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { CheckIn } from './check-in.js';
import { CheckInInput, CheckInResult, type CheckInOutcome } from './check-in.types.js';

@Resolver()
export class CheckInResolver {
  constructor(@Inject(CheckIn) private readonly checkIn: CheckIn) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => CheckInResult, {
    name: 'checkIn',
    description: 'Work on a booking begins: from 15 minutes before its window on.',
  })
  run(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CheckInInput }) input: CheckInInput,
  ): Promise<CheckInOutcome> {
    return this.checkIn.run(accountOf(actor), input);
  }
}
