import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { ProposeAgreement } from './propose-agreement.js';
import {
  ProposeAgreementInput,
  ProposeAgreementResult,
  type ProposeAgreementOutcome,
} from './propose-agreement.types.js';

@Resolver()
export class ProposeAgreementResolver {
  constructor(@Inject(ProposeAgreement) private readonly proposeAgreement: ProposeAgreement) {}

  @Access({ roles: ['member', 'treasurer', 'admin'] })
  @Mutation(() => ProposeAgreementResult, { name: 'proposeAgreement' })
  propose(
    @CurrentActor() actor: Actor,
    @Args('input') input: ProposeAgreementInput,
  ): Promise<ProposeAgreementOutcome> {
    return this.proposeAgreement.run(accountOf(actor), input);
  }
}
