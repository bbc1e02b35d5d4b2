import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { RemoveMember } from './remove-member.js';
import { RemoveMemberInput, RemoveMemberResult } from './remove-member.types.js';

@Resolver()
export class RemoveMemberResolver {
  constructor(@Inject(RemoveMember) private readonly members: RemoveMember) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => RemoveMemberResult)
  async removeMember(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => RemoveMemberInput }) input: RemoveMemberInput,
  ): Promise<typeof RemoveMemberResult> {
    return this.members.run(accountOf(actor), input);
  }
}
