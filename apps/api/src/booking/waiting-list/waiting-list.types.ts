import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Instant, MinorUnits } from '../../platform/graphql/index.js';

/** Where somebody in a queue stands; an offer that was not answered in its time reads as missed, swept or not. */
export const WaitingState = {
  WAITING: 'waiting',
  OFFERED: 'offered',
  TAKEN: 'taken',
  MISSED: 'missed',
  LEFT: 'left',
  EXPIRED: 'expired',
} as const;
export type WaitingState = (typeof WaitingState)[keyof typeof WaitingState];
registerEnumType(WaitingState, { name: 'WaitingState' });

/** One in the queue for a cell; its cell, place and booking are resolved apart. */
@ObjectType('WaitingEntry')
export class WaitingEntryType {
  coopId!: string;
  cellId!: string;
  accountId!: string;
  bookingId!: string | null;
  @Field(() => ID) id!: string;
  @Field(() => WaitingState) state!: WaitingState;
  @Field(() => String, { nullable: true, description: 'What the station is to be set up for.' })
  family!: string | null;
  @Field(() => Instant, { description: 'The window may not start before it.' }) earliestAt!: Date;
  @Field(() => Instant, { description: 'The window may not end after it.' }) latestAt!: Date;
  @Field(() => Int) minutes!: number;
  @Field(() => Int, { description: 'Less than `minutes` when a part of the time would do.' })
  leastMinutes!: number;
  @Field(() => MinorUnits, { nullable: true }) maxPriceMinor!: bigint | null;
  @Field(() => Boolean) useCredits!: boolean;
  @Field(() => Instant) joinedAt!: Date;
  @Field(() => Instant, { nullable: true }) offeredAt!: Date | null;
}
