import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { SetMemberRoles } from './set-member-roles.js';
import { SetMemberRolesInput, SetMemberRolesResult } from './set-member-roles.types.js';

@Resolver()
export class SetMemberRolesResolver {
  constructor(@Inject(SetMemberRoles) private readonly members: SetMemberRoles) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => SetMemberRolesResult)
  async setMemberRoles(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SetMemberRolesInput }) input: SetMemberRolesInput,
  ): Promise<typeof SetMemberRolesResult> {
    return this.members.run(accountOf(actor), input);
  }
}
