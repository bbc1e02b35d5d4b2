import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { WithdrawRequest } from './withdraw-request.js';
import {
  WithdrawSlotRequestInput,
  WithdrawSlotRequestResult,
  type WithdrawSlotRequestOutcome,
} from './withdraw-request.types.js';

@Resolver()
export class WithdrawRequestResolver {
  constructor(@Inject(WithdrawRequest) private readonly withdrawRequest: WithdrawRequest) {}

  @Access({ roles: ROLES })
  @Mutation(() => WithdrawSlotRequestResult, { name: 'withdrawSlotRequest' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: WithdrawSlotRequestInput,
  ): Promise<WithdrawSlotRequestOutcome> {
    return this.withdrawRequest.run(accountOf(actor), input);
  }
}
