import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Instant, MinorUnits, Refusal } from '../../platform/graphql/index.js';
import { PriceLineType, Sequenced } from '../booking.types.js';
import { SlotAlternative } from '../hold-slot/hold-slot.types.js';

/** One occurrence at another time than its rule says. */
@InputType()
export class SeriesInstead {
  @Field(() => Instant, { description: 'The start that the rule gives it.' }) occurrenceAt!: Date;
  @Field(() => Instant, { description: 'The start that it is to have, at the same length.' }) fromAt!: Date;
  @Field(() => ID, { nullable: true, description: 'Left out, the station of the series.' })
  stationId?: string | null;
}

/** Bookings that are to repeat. */
@InputType({ isAbstract: true })
export abstract class SeriesInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => ID, { nullable: true, description: 'Left out, the best station for each occurrence.' })
  stationId?: string | null;
  @Field(() => Instant, { description: 'The first start; the others are at the same time of the clocks.' })
  firstAt!: Date;
  @Field(() => Int) minutes!: number;
  @Field(() => Int, { nullable: true, description: 'For so many weeks; say either this or `rule`.' })
  weeks?: number | null;
  @Field(() => Int, { nullable: true, description: 'With `weeks`: every so many weeks.' })
  everyWeeks?: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'An RRULE as in RFC 5545 that repeats by days, such as FREQ=MONTHLY;BYDAY=1TU;COUNT=3.',
  })
  rule?: string | null;
  @Field(() => String, { nullable: true, description: 'Left out, the default of the cell.' })
  family?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Pay with prepaid minutes as far as they go.' })
  useCredits?: boolean | null;
  @Field(() => [SeriesInstead], {
    nullable: true,
    description: 'Occurrences at another time, such as the alternatives of a plan.',
  })
  instead?: SeriesInstead[] | null;
}

/** Why one occurrence cannot be had, and what comes nearest. */
@ObjectType()
export class SeriesConflict {
  @Field(() => String, {
    description:
      'SlotTaken, OutsideOpeningHours, WindowInvalid, WindowInPast, QuotaExceeded or InductionNeeded.',
  })
  reason!: string;
  @Field(() => String) message!: string;
  @Field(() => SlotAlternative, {
    nullable: true,
    description: 'The nearest window of the same length, on the same day if there is one.',
  })
  alternative!: SlotAlternative | null;
}

/** One occurrence of a series: a station and a price, or the conflict. */
@ObjectType()
export class SeriesOccurrence {
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => ID, { nullable: true }) stationId!: string | null;
  @Field(() => String, { nullable: true, description: 'Why this station.' }) because!: string | null;
  @Field(() => MinorUnits, { nullable: true }) priceMinor!: bigint | null;
  @Field(() => [PriceLineType], { nullable: true }) priceLines!: PriceLineType[] | null;
  @Field(() => SeriesConflict, { nullable: true }) conflict!: SeriesConflict | null;
}

/** Bookings that repeat, as they were asked for; its cell and bookings are resolved apart. */
@ObjectType('Series')
export class SeriesType {
  coopId!: string;
  cellId!: string;
  accountId!: string;
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'An RRULE as in RFC 5545.' }) rule!: string;
  @Field(() => String, { nullable: true }) family!: string | null;
  @Field(() => Int) minutes!: number;
  @Field(() => Instant) firstAt!: Date;
  @Field(() => Instant) createdAt!: Date;
  @Field(() => Instant, { nullable: true }) cancelledAt!: Date | null;
}

/** The rule cannot be a series. */
@ObjectType('SeriesInvalid', { implements: () => [Refusal] })
export class SeriesInvalidType extends Sequenced implements Refusal {
  readonly kind = 'SeriesInvalid';
  @Field(() => String) message: string;
  @Field(() => String, {
    description: 'UNREADABLE, SUB_DAILY, ENDS_BEFORE_START, NO_OCCURRENCES, TOO_MANY or BEYOND_HORIZON.',
  })
  reason: string;

  constructor(reason: string, message: string) {
    super();
    this.reason = reason;
    this.message = message;
  }
}
