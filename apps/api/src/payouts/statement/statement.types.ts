import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Instant, MinorUnits, connectionType } from '../../platform/graphql/index.js';

/** One line of a statement, with what recomputes it. */
@ObjectType()
export class StatementLine {
  @Field(() => ID) transactionId!: string;
  @Field(() => Int, { description: "The transaction's place in the co-op's books, from 1." })
  sequence!: number;
  @Field(() => String, { description: 'What happened, e.g. sale_made, handed_over, booking_charged.' })
  kind!: string;
  @Field(() => ID, { description: 'The order, refund or booking it belongs to.' }) reference!: string;
  @Field(() => Instant) postedAt!: Date;
  @Field(() => String, { description: 'earned, payable or member_receivable.' }) account!: string;
  @Field(() => MinorUnits, { description: 'What the line gives (positive) or takes (negative).' })
  amountMinor!: bigint;
  @Field(() => ID, { nullable: true, description: 'The agreement version whose running total moved.' })
  versionId!: string | null;
  @Field(() => MinorUnits, { nullable: true }) totalBeforeMinor!: bigint | null;
  @Field(() => MinorUnits, { nullable: true }) totalAfterMinor!: bigint | null;
  @Field(() => MinorUnits, {
    nullable: true,
    description: 'What the agreement gives this member of the total before.',
  })
  targetBeforeMinor!: bigint | null;
  @Field(() => MinorUnits, { nullable: true }) targetAfterMinor!: bigint | null;
  @Field(() => String, { nullable: true, description: "The member's share after the fee, e.g. 7/10." })
  share!: string | null;
  @Field(() => String, { nullable: true, description: "The co-op's fee, e.g. 1/10." }) fee!: string | null;
}

export const StatementLineConnection = connectionType(StatementLine, 'StatementLine');

/** What a member earned and why; every line opens into its arithmetic. */
@ObjectType()
export class Statement {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) accountId!: string;
  @Field(() => String) currency!: string;
  @Field(() => MinorUnits, { description: 'Earned by sales, not handed over yet.' }) earnedMinor!: bigint;
  @Field(() => MinorUnits, { description: 'Handed over, to be paid out.' }) payableMinor!: bigint;
  @Field(() => MinorUnits, { description: 'Owed to the co-op for bookings.' }) owedMinor!: bigint;
}
