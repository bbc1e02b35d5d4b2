import { Field, ObjectType } from '@nestjs/graphql';
import { Instant, MinorUnits } from '../../platform/graphql/index.js';

/** What taking a booking back costs its member at this moment, as `cancelBooking` and `rescheduleBooking` charge it. */
@ObjectType('CancelFee')
export class CancelFeeType {
  @Field(() => MinorUnits, { description: 'Of the old time, also when the booking is moved instead.' })
  feeMinor!: bigint;
  @Field(() => Boolean, { description: 'The prepaid minutes in its price are not given back.' })
  keepsPrepaid!: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Why it costs nothing whatever the policy says; null where the policy decides.',
  })
  waivedBecause!: string | null;
  @Field(() => Instant, {
    description:
      'The last moment at which the policy asks this; the start where it asks the same to the end.',
  })
  until!: Date;
}
