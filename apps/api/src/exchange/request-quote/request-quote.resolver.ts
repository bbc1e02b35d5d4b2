import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { Parties } from '../party.js';
import { RequestQuote } from './request-quote.js';
import { RequestQuoteInput, RequestQuoteResult, type RequestQuoteOutcome } from './request-quote.types.js';

@Resolver()
export class RequestQuoteResolver {
  constructor(
    @Inject(Parties) private readonly parties: Parties,
    @Inject(RequestQuote) private readonly requestQuote: RequestQuote,
  ) {}

  @Access({ roles: ['treasurer', 'admin'], brand: 'exchange:write' })
  @Mutation(() => RequestQuoteResult, { name: 'requestQuote' })
  async run(
    @CurrentActor() actor: Actor,
    @Args('input') input: RequestQuoteInput,
  ): Promise<RequestQuoteOutcome> {
    return this.requestQuote.run(await this.parties.of(actor, input.coopId), input);
  }
}
