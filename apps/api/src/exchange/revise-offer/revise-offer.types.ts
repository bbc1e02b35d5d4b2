import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { NoCapacity, OfferTermsInput, OfferType } from '../offer.types.js';

@InputType()
export class ReviseOfferInput extends OfferTermsInput {
  @Field(() => ID, { description: 'The provider.' }) coopId!: string;
  @Field(() => ID) offerId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class OfferRevised {
  readonly kind = 'OfferRevised';
  @Field(() => OfferType, {
    description: 'In its newest version; quotes keep the version that they were made by.',
  })
  offer: OfferType;

  constructor(offer: OfferType) {
    this.offer = offer;
  }
}

export type ReviseOfferOutcome = OfferRevised | NoCapacity | NotFound | InputRefused | RequestIdReused;

const OUTCOMES = {
  OfferRevised,
  NoCapacity,
  NotFound,
  InputRefused,
  RequestIdReused,
} satisfies Record<ReviseOfferOutcome['kind'], unknown>;

export const ReviseOfferResult = resultUnion('ReviseOfferResult', () => Object.values(OUTCOMES));
