import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { ApproveAgreement } from './approve-agreement.js';
import {
  ApproveAgreementInput,
  ApproveAgreementResult,
  type ApproveAgreementOutcome,
} from './approve-agreement.types.js';

@Resolver()
export class ApproveAgreementResolver {
  constructor(@Inject(ApproveAgreement) private readonly approveAgreement: ApproveAgreement) {}

  @Access({ roles: ['member', 'operator', 'treasurer', 'admin'] })
  @Mutation(() => ApproveAgreementResult, { name: 'approveAgreement' })
  approve(
    @CurrentActor() actor: Actor,
    @Args('input') input: ApproveAgreementInput,
  ): Promise<ApproveAgreementOutcome> {
    return this.approveAgreement.run(accountOf(actor), input);
  }
}
