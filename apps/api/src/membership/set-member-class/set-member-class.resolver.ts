import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { SetMemberClass } from './set-member-class.js';
import {
  SetMemberClassInput,
  SetMemberClassResult,
  type SetMemberClassOutcome,
} from './set-member-class.types.js';

@Resolver()
export class SetMemberClassResolver {
  constructor(@Inject(SetMemberClass) private readonly members: SetMemberClass) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => SetMemberClassResult)
  setMemberClass(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SetMemberClassInput }) input: SetMemberClassInput,
  ): Promise<SetMemberClassOutcome> {
    return this.members.run(accountOf(actor), input);
  }
}
