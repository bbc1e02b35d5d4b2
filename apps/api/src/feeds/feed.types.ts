import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Instant, Refusal } from '../platform/graphql/index.js';

/** A calendar that the caller reads elsewhere. Its address is shown once, when it is made. */
@ObjectType('CalendarFeed')
export class FeedType {
  @Field(() => ID) id!: string;
  @Field(() => ID, { nullable: true, description: 'Null for the feed of all own bookings.' }) coopId!:
    string | null;
  @Field(() => ID, { nullable: true }) stationId!: string | null;
  @Field(() => Instant) createdAt!: Date;
  @Field(() => Instant, { nullable: true, description: 'When its address was changed last.' })
  rotatedAt!: Date | null;
}

@ObjectType({ implements: () => [Refusal] })
export class FeedLimitReached implements Refusal {
  readonly kind = 'FeedLimitReached';
  @Field(() => String) message: string;
  @Field(() => Int) limit: number;

  constructor(limit: number) {
    this.limit = limit;
    this.message = `You have ${String(limit)} calendar feeds. Revoke one that you no longer use first.`;
  }
}
