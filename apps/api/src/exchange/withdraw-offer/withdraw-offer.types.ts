import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';
import { OfferType } from '../offer.types.js';

@InputType()
export class WithdrawOfferInput {
  @Field(() => ID, { description: 'The provider.' }) coopId!: string;
  @Field(() => ID) offerId!: string;
}

@ObjectType()
export class OfferWithdrawn {
  readonly kind = 'OfferWithdrawn';
  @Field(() => OfferType, { description: 'No new quote is made; those that stand can still be accepted.' })
  offer: OfferType;

  constructor(offer: OfferType) {
    this.offer = offer;
  }
}

export type WithdrawOfferOutcome = OfferWithdrawn | NotFound;

export const WithdrawOfferResult = resultUnion('WithdrawOfferResult', () => [OfferWithdrawn, NotFound]);
