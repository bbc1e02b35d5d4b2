import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { Parties } from '../party.js';
import { ReviseOffer } from './revise-offer.js';
import { ReviseOfferInput, ReviseOfferResult, type ReviseOfferOutcome } from './revise-offer.types.js';

@Resolver()
export class ReviseOfferResolver {
  constructor(
    @Inject(Parties) private readonly parties: Parties,
    @Inject(ReviseOffer) private readonly reviseOffer: ReviseOffer,
  ) {}

  @Access({ roles: ['admin'], brand: 'exchange:write' })
  @Mutation(() => ReviseOfferResult, { name: 'reviseOffer' })
  async run(
    @CurrentActor() actor: Actor,
    @Args('input') input: ReviseOfferInput,
  ): Promise<ReviseOfferOutcome> {
    return this.reviseOffer.run(await this.parties.of(actor, input.coopId), input);
  }
}
