import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { InviteMember } from './invite-member.js';
import { InviteMemberInput, InviteMemberResult } from './invite-member.types.js';

@Resolver()
export class InviteMemberResolver {
  constructor(@Inject(InviteMember) private readonly invitations: InviteMember) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => InviteMemberResult)
  async inviteMember(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => InviteMemberInput }) input: InviteMemberInput,
  ): Promise<typeof InviteMemberResult> {
    return this.invitations.run(accountOf(actor), input);
  }
}
