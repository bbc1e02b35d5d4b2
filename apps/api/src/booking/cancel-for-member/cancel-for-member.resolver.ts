import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { CancelForMember } from './cancel-for-member.js';
import {
  CancelForMemberInput,
  CancelForMemberResult,
  type CancelForMemberOutcome,
} from './cancel-for-member.types.js';

@Resolver()
export class CancelForMemberResolver {
  constructor(@Inject(CancelForMember) private readonly cancelForMember: CancelForMember) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => CancelForMemberResult, {
    name: 'cancelForMember',
    description:
      "Cancels another's booking: its whole charge and its prepaid minutes are given back, and its member is told why.",
  })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: CancelForMemberInput,
  ): Promise<CancelForMemberOutcome> {
    return this.cancelForMember.run(accountOf(actor), input);
  }
}
