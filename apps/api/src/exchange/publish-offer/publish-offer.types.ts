import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { NoCapacity, OfferTermsInput, OfferType } from '../offer.types.js';

@InputType()
export class PublishOfferInput extends OfferTermsInput {
  @Field(() => ID, { description: 'The provider.' }) coopId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class OfferPublished {
  readonly kind = 'OfferPublished';
  @Field(() => OfferType) offer: OfferType;

  constructor(offer: OfferType) {
    this.offer = offer;
  }
}

export type PublishOfferOutcome = OfferPublished | NoCapacity | NotFound | InputRefused | RequestIdReused;

const OUTCOMES = {
  OfferPublished,
  NoCapacity,
  NotFound,
  InputRefused,
  RequestIdReused,
} satisfies Record<PublishOfferOutcome['kind'], unknown>;

export const PublishOfferResult = resultUnion('PublishOfferResult', () => Object.values(OUTCOMES));
