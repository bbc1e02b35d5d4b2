import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Instant, NotFound, Refusal, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { ServiceOrderType } from '../service-order.types.js';

@InputType()
export class AcceptQuoteInput {
  @Field(() => ID, { nullable: true, description: "The co-op that buys; a brand's key may leave it out." })
  coopId?: string | null;
  @Field(() => ID, { description: 'The co-op whose offer it is.' }) providerId!: string;
  @Field(() => ID) quoteId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class QuoteAccepted {
  readonly kind = 'QuoteAccepted';
  @Field(() => ServiceOrderType) order: ServiceOrderType;

  constructor(order: ServiceOrderType) {
    this.order = order;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class QuoteExpired implements Refusal {
  readonly kind = 'QuoteExpired';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The quote was accepted before, by another request. */
@ObjectType({ implements: () => [Refusal] })
export class QuoteTaken implements Refusal {
  readonly kind = 'QuoteTaken';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** Others have taken the capacity meanwhile; nothing was bought. */
@ObjectType({ implements: () => [Refusal] })
export class PromiseLost implements Refusal {
  readonly kind = 'PromiseLost';
  @Field(() => String) message: string;
  @Field(() => Instant, {
    nullable: true,
    description: 'What a new quote would promise now; null without room.',
  })
  promisedAt: Date | null;

  constructor(promisedAt: Date | null) {
    this.promisedAt = promisedAt;
    const now =
      promisedAt === null
        ? 'There is no room now.'
        : `A new quote would promise ${promisedAt.toISOString()}.`;
    this.message = `The capacity of this quote was taken meanwhile, so its promise cannot be kept. ${now} Ask for a new quote.`;
  }
}

export type AcceptQuoteOutcome =
  QuoteAccepted | QuoteExpired | QuoteTaken | PromiseLost | NotFound | RequestIdReused;

const OUTCOMES = {
  QuoteAccepted,
  QuoteExpired,
  QuoteTaken,
  PromiseLost,
  NotFound,
  RequestIdReused,
} satisfies Record<AcceptQuoteOutcome['kind'], unknown>;

export const AcceptQuoteResult = resultUnion('AcceptQuoteResult', () => Object.values(OUTCOMES));
