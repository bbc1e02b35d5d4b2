import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, Instant, NotFound, Refusal, resultUnion } from '../../platform/graphql/index.js';
import { NoCapacity } from '../offer.types.js';
import { ServiceQuoteType } from '../quote.types.js';

@InputType()
export class RequestQuoteInput {
  @Field(() => ID, { nullable: true, description: "The co-op that buys; a brand's key may leave it out." })
  coopId?: string | null;
  @Field(() => ID, { description: 'The co-op whose offer it is.' }) providerId!: string;
  @Field(() => ID) offerId!: string;
  @Field(() => Int) units!: number;
  @Field(() => String, { description: "JSON text that keeps the offer's contract." }) input!: string;
  @Field(() => Instant, { nullable: true, description: 'The latest promise that is of use.' })
  wantedBy?: Date | null;
}

@ObjectType()
export class QuoteMade {
  readonly kind = 'QuoteMade';
  @Field(() => ServiceQuoteType) quote: ServiceQuoteType;

  constructor(quote: ServiceQuoteType) {
    this.quote = quote;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class BatchTooSmall implements Refusal {
  readonly kind = 'BatchTooSmall';
  @Field(() => String) message: string;
  @Field(() => Int) leastUnits: number;

  constructor(message: string, leastUnits: number) {
    this.message = message;
    this.leastUnits = leastUnits;
  }
}

/** The input breaks the offer's contract. */
@ObjectType({ implements: () => [Refusal] })
export class ContractBroken implements Refusal {
  readonly kind = 'ContractBroken';
  @Field(() => String) message: string;
  @Field(() => [String]) problems: string[];

  constructor(problems: string[]) {
    this.problems = problems;
    this.message = `The input breaks the contract of this offer: ${problems[0] ?? 'see problems'}. Mend it and ask again.`;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class WantedTooSoon implements Refusal {
  readonly kind = 'WantedTooSoon';
  @Field(() => String) message: string;
  @Field(() => Instant, { description: 'The earliest promise.' }) earliestAt: Date;

  constructor(message: string, earliestAt: Date) {
    this.message = message;
    this.earliestAt = earliestAt;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class TooManyQuotes implements Refusal {
  readonly kind = 'TooManyQuotes';
  @Field(() => String) message: string;

  constructor(limit: number) {
    this.message = `More than ${String(limit)} quotes were asked for within a minute. Wait a minute, then ask again.`;
  }
}

export type RequestQuoteOutcome =
  | QuoteMade
  | BatchTooSmall
  | ContractBroken
  | WantedTooSoon
  | TooManyQuotes
  | NoCapacity
  | NotFound
  | InputRefused;

const OUTCOMES = {
  QuoteMade,
  BatchTooSmall,
  ContractBroken,
  WantedTooSoon,
  TooManyQuotes,
  NoCapacity,
  NotFound,
  InputRefused,
} satisfies Record<RequestQuoteOutcome['kind'], unknown>;

export const RequestQuoteResult = resultUnion('RequestQuoteResult', () => Object.values(OUTCOMES));
