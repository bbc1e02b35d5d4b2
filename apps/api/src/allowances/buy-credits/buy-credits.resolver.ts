import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { BuyCredits } from './buy-credits.js';
import { BuyCreditsInput, BuyCreditsResult, type BuyCreditsOutcome } from './buy-credits.types.js';

@Resolver()
export class BuyCreditsResolver {
  constructor(@Inject(BuyCredits) private readonly buyCredits: BuyCredits) {}

  @Access({ roles: ROLES })
  @Mutation(() => BuyCreditsResult, { name: 'buyCredits' })
  run(@CurrentActor() actor: Actor, @Args('input') input: BuyCreditsInput): Promise<BuyCreditsOutcome> {
    return this.buyCredits.run(accountOf(actor), input);
  }
}
