import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { GiveInduction } from './give-induction.js';
import {
  GiveInductionInput,
  GiveInductionResult,
  type GiveInductionOutcome,
} from './give-induction.types.js';

@Resolver()
export class GiveInductionResolver {
  constructor(@Inject(GiveInduction) private readonly giveInduction: GiveInduction) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => GiveInductionResult, { name: 'giveInduction' })
  run(@CurrentActor() actor: Actor, @Args('input') input: GiveInductionInput): Promise<GiveInductionOutcome> {
    return this.giveInduction.run(accountOf(actor), input);
  }
}
