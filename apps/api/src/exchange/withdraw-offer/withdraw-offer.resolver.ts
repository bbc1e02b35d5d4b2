import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { Parties } from '../party.js';
import { WithdrawOffer } from './withdraw-offer.js';
import {
  WithdrawOfferInput,
  WithdrawOfferResult,
  type WithdrawOfferOutcome,
} from './withdraw-offer.types.js';

@Resolver()
export class WithdrawOfferResolver {
  constructor(
    @Inject(Parties) private readonly parties: Parties,
    @Inject(WithdrawOffer) private readonly withdrawOffer: WithdrawOffer,
  ) {}

  @Access({ roles: ['admin'], brand: 'exchange:write' })
  @Mutation(() => WithdrawOfferResult, { name: 'withdrawOffer' })
  async run(
    @CurrentActor() actor: Actor,
    @Args('input') input: WithdrawOfferInput,
  ): Promise<WithdrawOfferOutcome> {
    return this.withdrawOffer.run(await this.parties.of(actor, input.coopId), input);
  }
}
