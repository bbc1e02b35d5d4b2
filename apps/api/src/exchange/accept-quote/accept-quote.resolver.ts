import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { Parties } from '../party.js';
import { AcceptQuote } from './accept-quote.js';
import { AcceptQuoteInput, AcceptQuoteResult, type AcceptQuoteOutcome } from './accept-quote.types.js';

@Resolver()
export class AcceptQuoteResolver {
  constructor(
    @Inject(Parties) private readonly parties: Parties,
    @Inject(AcceptQuote) private readonly acceptQuote: AcceptQuote,
  ) {}

  @Access({ roles: ['treasurer', 'admin'], brand: 'exchange:write' })
  @Mutation(() => AcceptQuoteResult, { name: 'acceptQuote' })
  async run(
    @CurrentActor() actor: Actor,
    @Args('input') input: AcceptQuoteInput,
  ): Promise<AcceptQuoteOutcome> {
    return this.acceptQuote.run(await this.parties.of(actor, input.coopId), input);
  }
}
