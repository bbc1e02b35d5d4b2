import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { AcceptInvitation } from './accept-invitation.js';
import { AcceptInvitationInput, AcceptInvitationResult } from './accept-invitation.types.js';

@Resolver()
export class AcceptInvitationResolver {
  constructor(@Inject(AcceptInvitation) private readonly invitations: AcceptInvitation) {}

  @Access({ anyone: true })
  @Mutation(() => AcceptInvitationResult)
  async acceptInvitation(
    @Args('input', { type: () => AcceptInvitationInput }) input: AcceptInvitationInput,
  ): Promise<typeof AcceptInvitationResult> {
    return this.invitations.run(input);
  }
}
