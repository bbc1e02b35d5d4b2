import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { ReleaseHold } from './release-hold.js';
import { ReleaseHoldInput, ReleaseHoldResult, type ReleaseHoldOutcome } from './release-hold.types.js';

@Resolver()
export class ReleaseHoldResolver {
  constructor(@Inject(ReleaseHold) private readonly releaseHold: ReleaseHold) {}

  @Access({ roles: ROLES })
  @Mutation(() => ReleaseHoldResult, { name: 'releaseHold' })
  run(@CurrentActor() actor: Actor, @Args('input') input: ReleaseHoldInput): Promise<ReleaseHoldOutcome> {
    return this.releaseHold.run(accountOf(actor), input);
  }
}
