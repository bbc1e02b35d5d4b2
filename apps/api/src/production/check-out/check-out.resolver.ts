import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { CheckOut } from './check-out.js';
import { CheckOutInput, CheckOutResult, type CheckOutOutcome } from './check-out.types.js';

@Resolver()
export class CheckOutResolver {
  constructor(@Inject(CheckOut) private readonly checkOut: CheckOut) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => CheckOutResult, { name: 'checkOut', description: 'Work on a booking has ended.' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CheckOutInput }) input: CheckOutInput,
  ): Promise<CheckOutOutcome> {
    return this.checkOut.run(accountOf(actor), input);
  }
}
