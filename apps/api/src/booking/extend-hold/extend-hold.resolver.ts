import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { ExtendHold } from './extend-hold.js';
import { ExtendHoldInput, ExtendHoldResult, type ExtendHoldOutcome } from './extend-hold.types.js';

@Resolver()
export class ExtendHoldResolver {
  constructor(@Inject(ExtendHold) private readonly extendHold: ExtendHold) {}

  @Access({ roles: ROLES })
  @Mutation(() => ExtendHoldResult, {
    name: 'extendHold',
    description: 'Once, by fifteen minutes from when it would lapse.',
  })
  run(@CurrentActor() actor: Actor, @Args('input') input: ExtendHoldInput): Promise<ExtendHoldOutcome> {
    return this.extendHold.run(accountOf(actor), input);
  }
}
