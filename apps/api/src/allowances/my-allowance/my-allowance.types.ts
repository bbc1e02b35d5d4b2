import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Instant } from '../../platform/graphql/index.js';
import { QuotaPeriod } from '../allowances.types.js';

/** A quota of the member with what is used of it in one week or month. */
@ObjectType('QuotaUse')
export class QuotaUseType {
  @Field(() => String, { nullable: true, description: 'Null is all kinds of cells together.' })
  cellKind!: string | null;
  @Field(() => QuotaPeriod) period!: QuotaPeriod;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => Int) limitMinutes!: number;
  @Field(() => Int, { description: 'By bookings and live holds; each counts where it starts.' })
  usedMinutes!: number;
  @Field(() => Int) leftMinutes!: number;
}

/** What a member may still claim. */
@ObjectType('Allowance')
export class AllowanceType {
  coopId!: string;
  accountId!: string;
  @Field(() => String, { description: "The co-op's word; quotas are by class." }) memberClass!: string;
  @Field(() => [QuotaUseType], { description: 'One for each rule; none means no limit.' })
  quotas!: QuotaUseType[];
}
