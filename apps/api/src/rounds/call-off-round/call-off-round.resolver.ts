import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { CallOffRound } from './call-off-round.js';
import { CallOffRoundInput, CallOffRoundResult, type CallOffRoundOutcome } from './call-off-round.types.js';

@Resolver()
export class CallOffRoundResolver {
  constructor(@Inject(CallOffRound) private readonly callOffRound: CallOffRound) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => CallOffRoundResult, { name: 'callOffRound' })
  run(@CurrentActor() actor: Actor, @Args('input') input: CallOffRoundInput): Promise<CallOffRoundOutcome> {
    return this.callOffRound.run(accountOf(actor), input);
  }
}
