import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { SetCredit } from './set-credit.js';
import { MakerCredit, SetCreditInput, type SetCreditOutcome, SetCreditResult } from './set-credit.types.js';

@Resolver()
export class SetCreditResolver {
  constructor(@Inject(SetCredit) private readonly credits: SetCredit) {}

  @Access({ roles: ['member', 'operator', 'treasurer', 'admin'] })
  @Query(() => MakerCredit, { description: 'How the caller is credited on the certificates of the co-op.' })
  myCredit(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
  ): Promise<MakerCredit> {
    return this.credits.of(coopId.toLowerCase(), accountOf(actor));
  }

  @Access({ roles: ['member', 'operator', 'treasurer', 'admin'] })
  @Mutation(() => SetCreditResult, {
    description:
      'Decides how the caller is credited on the certificates of the co-op: by a chosen name or by the pseudonym. ' +
      'Printed names are permanent: what was issued stays printed.',
  })
  setCredit(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SetCreditInput }) input: SetCreditInput,
  ): Promise<SetCreditOutcome> {
    return this.credits.run(accountOf(actor), input);
  }
}
