import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { NotFound } from '../../platform/graphql/index.js';
import { EraseCredit } from './erase-credit.js';
import { EraseCreditInput, type EraseCreditOutcome, EraseCreditResult } from './erase-credit.types.js';

@Resolver()
export class EraseCreditResolver {
  constructor(@Inject(EraseCredit) private readonly credits: EraseCredit) {}

  // Also for those who are no members any more, so the role is looked at here.
  @Access({ person: 'password' })
  @Mutation(() => EraseCreditResult, {
    description:
      'Takes a maker, oneself or for an admin anybody, out of all certificates of a co-op that we serve; copies elsewhere are out of reach.',
  })
  async eraseCredit(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => EraseCreditInput }) input: EraseCreditInput,
  ): Promise<EraseCreditOutcome> {
    const caller = accountOf(actor);
    const isAdmin = actor.kind === 'Person' && actor.roles.get(input.coopId.toLowerCase())?.has('admin');
    // Of others one learns nothing.
    if (caller !== input.accountId.toLowerCase() && isAdmin !== true) return new NotFound('member');
    return this.credits.run(caller, input);
  }
}
