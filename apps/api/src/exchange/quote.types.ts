import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Instant, MinorUnits } from '../platform/graphql/index.js';

@ObjectType('ServicePriceLine')
export class ServicePriceLineType {
  @Field(() => String, { description: 'setup, units, time or peer.' }) code!: string;
  @Field(() => String) label!: string;
  @Field(() => Int, { nullable: true }) units!: number | null;
  @Field(() => MinorUnits) amountMinor!: bigint;
}

/** A quote; its offer and its order are resolved apart. */
@ObjectType('ServiceQuote')
export class ServiceQuoteType {
  buyerCoopId!: string | null;
  buyerBrandId!: string | null;
  offerId!: string;
  version!: number;
  @Field(() => ID, { description: 'The provider.' }) coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => Int) units!: number;
  @Field(() => String, { description: 'As it was asked, JSON text.' }) input!: string;
  @Field(() => Instant, { nullable: true }) wantedBy!: Date | null;
  @Field(() => [ServicePriceLineType], { description: 'They sum to the price.' })
  priceLines!: ServicePriceLineType[];
  @Field(() => MinorUnits) priceMinor!: bigint;
  @Field(() => String) currency!: string;
  @Field(() => Instant, { description: 'When the work is done, if accepted in time.' }) promisedAt!: Date;
  @Field(() => Instant) askedAt!: Date;
  @Field(() => Instant, { description: 'From this moment on it is no longer accepted.' }) validUntil!: Date;
}
