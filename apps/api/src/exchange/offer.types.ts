import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Instant, MinorUnits, Refusal, connectionType } from '../platform/graphql/index.js';

@InputType('OfferStepInput')
@ObjectType('OfferStep')
export class OfferStepType {
  @Field(() => String, { description: 'The kind of cell that does it.' }) cellKind!: string;
  @Field(() => String, { nullable: true, description: 'Left out, the default of the cell.' })
  family?: string | null;
  @Field(() => Int, { description: 'Minutes for the batch, however large.' }) minutesPerBatch!: number;
  @Field(() => Int, { description: 'Minutes for each unit of it.' }) minutesPerUnit!: number;
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Whether its minutes cost the base rate of their cell at the tariff's percent for peers, besides the price table.",
  })
  atPeerRate!: boolean;
}

@InputType('OfferPriceInput')
@ObjectType('OfferPrice')
export class OfferPriceType {
  @Field(() => Int, { description: 'The smallest batch that this row prices.' }) fromUnits!: number;
  @Field(() => MinorUnits) setupMinor!: bigint;
  @Field(() => MinorUnits) unitMinor!: bigint;
}

@InputType('OfferWindowInput')
@ObjectType('OfferWindow')
export class OfferWindowType {
  @Field(() => Int, { description: 'Monday is 1.' }) weekday!: number;
  @Field(() => Int, { description: 'Minutes of the day, by the clocks of the workshop.' })
  fromMinute!: number;
  @Field(() => Int, { description: 'Excluded.' }) toMinute!: number;
}

@InputType('CancelTierOfOfferInput')
@ObjectType('CancelTierOfOffer')
export class CancelTierType {
  @Field(() => Int, { description: 'Hours before the work begins.' }) noticeHours!: number;
  @Field(() => Int, { description: 'Percent of the price that comes back.' }) percentBack!: number;
}

@InputType('RefundTermsInput')
@ObjectType('RefundTerms')
export class RefundTermsType {
  @Field(() => Int, { description: 'Percent back when home members take the capacity back.' })
  reclaimPercent!: number;
  @Field(() => [CancelTierType], {
    description: 'When the buyer cancels; nearer than all tiers nothing comes back.',
  })
  cancelTiers!: CancelTierType[];
}

/** What a provider writes down of an offer. */
@InputType({ isAbstract: true })
export abstract class OfferTermsInput {
  @Field(() => String) title!: string;
  @Field(() => [String], { description: 'Lower case words, such as screen-printing.' })
  kindsOfWork!: string[];
  @Field(() => [String]) materials!: string[];
  @Field(() => String, { description: 'The usual lead time in words.' }) leadTime!: string;
  @Field(() => Int, { description: 'Hours between an acceptance and the first work on it.' })
  leadHours!: number;
  @Field(() => Int, { description: 'Hours before a window from which home members cannot reclaim it.' })
  firmHours!: number;
  @Field(() => [OfferStepType], { description: 'In the order of the work.' }) steps!: OfferStepType[];
  @Field(() => [OfferPriceType]) prices!: OfferPriceType[];
  @Field(() => [OfferWindowType], { description: 'When it may take capacity.' }) windows!: OfferWindowType[];
  @Field(() => RefundTermsType) refund!: RefundTermsType;
  @Field(() => String, {
    description:
      'A JSON Schema (2020-12, without references and patterns) that the input of a quote must keep, as JSON text.',
  })
  inputSchema!: string;
}

/** What the orders of an offer have shown; null where no order stands behind it. */
@ObjectType()
export class MeasuredOffer {
  @Field(() => Int, { description: 'Orders that became ready, the newest 200 at most.' }) orders!: number;
  @Field(() => Int, { nullable: true, description: 'Accepted to ready, by nearest rank.' })
  leadP50Minutes!: number | null;
  @Field(() => Int, { nullable: true }) leadP90Minutes!: number | null;
  @Field(() => Int) inspectedOrders!: number;
  @Field(() => Int) inspectedUnits!: number;
  @Field(() => Int) passedUnits!: number;
  @Field(() => Int, { nullable: true, description: 'Passed units per thousand inspected, rounded down.' })
  qualityPerMille!: number | null;
}

/** An offer in one of its versions; the provider and what was measured are resolved apart. */
@ObjectType('Offer')
export class OfferType {
  @Field(() => ID, { description: 'The provider.' }) coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => Int) version!: number;
  @Field(() => Instant, { description: 'When it was first published.' }) publishedAt!: Date;
  @Field(() => Instant, { nullable: true }) withdrawnAt!: Date | null;
  @Field(() => String) title!: string;
  @Field(() => [String]) kindsOfWork!: string[];
  @Field(() => [String]) materials!: string[];
  @Field(() => String) leadTime!: string;
  @Field(() => Int) leadHours!: number;
  @Field(() => Int) firmHours!: number;
  @Field(() => [OfferStepType]) steps!: OfferStepType[];
  @Field(() => [OfferPriceType]) prices!: OfferPriceType[];
  @Field(() => [OfferWindowType]) windows!: OfferWindowType[];
  @Field(() => RefundTermsType) refund!: RefundTermsType;
  @Field(() => String) inputSchema!: string;
  @Field(() => String) currency!: string;
}

export const OfferConnection = connectionType(OfferType, 'Offer');

/** No station of the provider can do the work in the offer's windows. */
@ObjectType({ implements: () => [Refusal] })
export class NoCapacity implements Refusal {
  readonly kind = 'NoCapacity';
  @Field(() => String) message: string;
  @Field(() => String, { nullable: true, description: 'The kind of cell that is missing.' })
  cellKind: string | null;

  constructor(message: string, cellKind: string | null) {
    this.message = message;
    this.cellKind = cellKind;
  }
}
