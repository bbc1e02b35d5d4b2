import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Instant } from '../platform/graphql/index.js';

@ObjectType('TariffBand')
@InputType('TariffBandInput')
export class TariffBandType {
  @Field(() => Int, { description: 'Monday is 1, Sunday 7.' }) weekday!: number;
  @Field(() => Int, { description: 'Minutes since midnight, wall time.' }) fromMinute!: number;
  @Field(() => Int, { description: 'Excluded; 1440 is the end of the day.' }) toMinute!: number;
  @Field(() => Int, { description: 'Of the base rate: above 100 is peak, below is quiet.' }) percent!: number;
  @Field(() => String, { description: '1 to 40 characters, as it stands on the quote.' }) label!: string;
}

@ObjectType('UtilisationPoint')
@InputType('UtilisationPointInput')
export class UtilisationPointType {
  @Field(() => Int, { description: 'From this percent of the day booked on.' }) atPercent!: number;
  @Field(() => Int) percent!: number;
}

@ObjectType('LeadTimePoint')
@InputType('LeadTimePointInput')
export class LeadTimePointType {
  @Field(() => Int, { description: 'From so many hours between booking and start on.' }) hours!: number;
  @Field(() => Int) percent!: number;
}

@ObjectType('LoadCurve', {
  description: 'Step rules: the last point reached holds, 100 before the first. The two percents multiply.',
})
@InputType('LoadCurveInput')
export class LoadCurveType {
  @Field(() => Boolean) enabled!: boolean;
  @Field(() => [UtilisationPointType]) utilisation!: UtilisationPointType[];
  @Field(() => [LeadTimePointType]) leadTime!: LeadTimePointType[];
  @Field(() => Int, { description: 'Bands and load never go below it, in percent of the base rate.' })
  floorPercent!: number;
  @Field(() => Int, { description: 'Bands and load never go above it, in percent of the base rate.' })
  ceilingPercent!: number;
}

@ObjectType('ClassRate')
@InputType('ClassRateInput')
export class ClassRateType {
  @Field(() => String, { description: "A class of members, the co-op's own word." }) memberClass!: string;
  @Field(() => Int) percent!: number;
}

@ObjectType('ChangeoverPrice')
@InputType('ChangeoverPriceInput')
export class ChangeoverPriceType {
  @Field(() => Boolean, { description: 'Charge what a booking causes, credit what it saves.' })
  charge!: boolean;
  @Field(() => Int, { description: 'The time of a changeover, in percent of the base rate.' })
  hourlyPercent!: number;
}

@ObjectType('Tariff')
@InputType('TariffInput')
export class TariffType {
  @Field(() => [TariffBandType]) bands!: TariffBandType[];
  @Field(() => LoadCurveType) load!: LoadCurveType;
  @Field(() => [ClassRateType]) classes!: ClassRateType[];
  @Field(() => Int) peerPercent!: number;
  @Field(() => ChangeoverPriceType) changeover!: ChangeoverPriceType;
}

/** A tariff as somebody set it. */
@ObjectType()
export class TariffVersion {
  @Field(() => ID) id!: string;
  @Field(() => ID, { nullable: true, description: 'Null for the whole co-op.' }) cellId!: string | null;
  @Field(() => Instant) validFrom!: Date;
  @Field(() => Instant) setAt!: Date;
  @Field(() => ID, { description: 'The account that set it.' }) setBy!: string;
  @Field(() => TariffType, { nullable: true, description: 'Null takes the tariff away from here on.' })
  tariff!: TariffType | null;
}
