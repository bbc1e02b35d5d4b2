import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { RevokeInduction } from './revoke-induction.js';
import {
  RevokeInductionInput,
  RevokeInductionResult,
  type RevokeInductionOutcome,
} from './revoke-induction.types.js';

@Resolver()
export class RevokeInductionResolver {
  constructor(@Inject(RevokeInduction) private readonly revokeInduction: RevokeInduction) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => RevokeInductionResult, { name: 'revokeInduction' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: RevokeInductionInput,
  ): Promise<RevokeInductionOutcome> {
    return this.revokeInduction.run(accountOf(actor), input);
  }
}
