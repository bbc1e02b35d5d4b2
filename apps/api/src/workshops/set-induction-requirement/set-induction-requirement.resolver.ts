import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { SetInductionRequirement } from './set-induction-requirement.js';
import {
  SetInductionRequirementInput,
  SetInductionRequirementResult,
  type SetInductionRequirementOutcome,
} from './set-induction-requirement.types.js';

@Resolver()
export class SetInductionRequirementResolver {
  constructor(
    @Inject(SetInductionRequirement) private readonly setInductionRequirement: SetInductionRequirement,
  ) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => SetInductionRequirementResult, { name: 'setInductionRequirement' })
  run(@Args('input') input: SetInductionRequirementInput): Promise<SetInductionRequirementOutcome> {
    return this.setInductionRequirement.run(input);
  }
}
