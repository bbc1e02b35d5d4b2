import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { OpenRound } from './open-round.js';
import { OpenRoundInput, OpenRoundResult, type OpenRoundOutcome } from './open-round.types.js';

@Resolver()
export class OpenRoundResolver {
  constructor(@Inject(OpenRound) private readonly openRound: OpenRound) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => OpenRoundResult, { name: 'openRound' })
  run(@CurrentActor() actor: Actor, @Args('input') input: OpenRoundInput): Promise<OpenRoundOutcome> {
    return this.openRound.run(accountOf(actor), input);
  }
}
