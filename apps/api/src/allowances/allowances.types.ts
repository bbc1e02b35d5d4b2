import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Instant, MinorUnits, connectionType } from '../platform/graphql/index.js';

export const QuotaPeriod = { WEEK: 'week', MONTH: 'month' } as const;
export type QuotaPeriod = (typeof QuotaPeriod)[keyof typeof QuotaPeriod];
registerEnumType(QuotaPeriod, {
  name: 'QuotaPeriod',
  description: "By the workshop's clocks: a week from Monday, or a month.",
});

/** So many minutes in each week or month for the members of one class. */
@ObjectType('Quota')
export class QuotaType {
  @Field(() => String) memberClass!: string;
  @Field(() => String, { nullable: true, description: 'Null is all kinds of cells together.' })
  cellKind!: string | null;
  @Field(() => QuotaPeriod) period!: QuotaPeriod;
  @Field(() => Int) minutes!: number;
  @Field(() => Instant, { description: 'It binds the claims that are made from then on.' }) setAt!: Date;
}
export const QuotaConnection = connectionType(QuotaType, 'Quota');

/** Machine minutes that can be bought ahead. */
@ObjectType('CreditPack')
export class CreditPackType {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true, description: 'Null is any kind of cell.' })
  cellKind!: string | null;
  @Field(() => Int) minutes!: number;
  @Field(() => MinorUnits) priceMinor!: bigint;
  @Field(() => String) currency!: string;
  @Field(() => Int, { description: 'How many days after buying they expire.' }) validDays!: number;
  @Field(() => Instant, { nullable: true, description: 'Since when it is off sale.' })
  retiredAt!: Date | null;
}
export const CreditPackConnection = connectionType(CreditPackType, 'CreditPack');

/** A pack that a member has bought. */
@ObjectType('Credits')
export class CreditsType {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true, description: 'Null is any kind of cell.' })
  cellKind!: string | null;
  @Field(() => Int) minutes!: number;
  @Field(() => Int, { description: 'In bookings, and in holds while they live.' }) usedMinutes!: number;
  @Field(() => Int, { description: 'Nothing once they have expired.' }) leftMinutes!: number;
  @Field(() => MinorUnits) priceMinor!: bigint;
  @Field(() => String) currency!: string;
  @Field(() => Instant) boughtAt!: Date;
  @Field(() => Instant, { description: 'They pay for what starts before.' }) expiresAt!: Date;
}
export const CreditsConnection = connectionType(CreditsType, 'Credits');
