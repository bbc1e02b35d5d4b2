import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { HandOver } from './hand-over.js';
import { HandOverInput, HandOverResult, type HandOverOutcome } from './hand-over.types.js';

@Resolver()
export class HandOverResolver {
  constructor(@Inject(HandOver) private readonly handOver: HandOver) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => HandOverResult, {
    name: 'handOver',
    description: 'Gives an order to its buyer once every piece has passed or was refunded.',
  })
  run(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => HandOverInput }) input: HandOverInput,
  ): Promise<HandOverOutcome> {
    return this.handOver.run(accountOf(actor), input);
  }
}
