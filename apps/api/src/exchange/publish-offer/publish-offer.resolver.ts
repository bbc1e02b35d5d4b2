import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { Parties } from '../party.js';
import { PublishOffer } from './publish-offer.js';
import { PublishOfferInput, PublishOfferResult, type PublishOfferOutcome } from './publish-offer.types.js';

@Resolver()
export class PublishOfferResolver {
  constructor(
    @Inject(Parties) private readonly parties: Parties,
    @Inject(PublishOffer) private readonly publishOffer: PublishOffer,
  ) {}

  @Access({ roles: ['admin'], brand: 'exchange:write' })
  @Mutation(() => PublishOfferResult, { name: 'publishOffer' })
  async run(
    @CurrentActor() actor: Actor,
    @Args('input') input: PublishOfferInput,
  ): Promise<PublishOfferOutcome> {
    return this.publishOffer.run(await this.parties.of(actor, input.coopId), input);
  }
}
