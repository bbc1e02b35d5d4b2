import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Instant, MinorUnits, resultUnion } from '../../platform/graphql/index.js';
import { BookingType, ClaimInput, HoldLapsed, Sequenced } from '../booking.types.js';
import { NotConfirmed, TooLateToCancel } from '../cancel-booking/cancel-booking.types.js';
import { HOLD_REFUSALS } from '../hold-slot/hold-slot.types.js';
import type { HoldRefused } from '../hold-slot/take-hold.js';

@InputType()
export class RescheduleBookingInput extends ClaimInput {
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => ID, { nullable: true, description: 'A station of the same cell; left out, the best one.' })
  stationId?: string | null;
  @Field(() => MinorUnits, { nullable: true, description: 'Refuse when the new price is above this.' })
  maxPriceMinor?: bigint | null;
}

@ObjectType()
export class BookingRescheduled extends Sequenced {
  readonly kind = 'BookingRescheduled';
  @Field(() => BookingType, { description: 'The new one.' }) booking: BookingType;
  @Field(() => BookingType, { description: 'The one that was given up.' }) movedFrom: BookingType;
  @Field(() => MinorUnits, { description: 'What the old one still costs, by the notice that was given.' })
  feeMinor: bigint;
  @Field(() => String, {
    nullable: true,
    description:
      'Why it costs nothing whatever the policy says; null where the policy decides, and when the answer is repeated.',
  })
  waivedBecause: string | null;
  @Field(() => String, { nullable: true, description: 'Why this station; null when the answer is repeated.' })
  because: string | null;

  constructor(
    booking: BookingType,
    movedFrom: BookingType,
    because: string | null = null,
    waivedBecause: string | null = null,
  ) {
    super();
    this.booking = booking;
    this.movedFrom = movedFrom;
    this.feeMinor = movedFrom.chargedMinor;
    this.because = because;
    this.waivedBecause = waivedBecause;
  }
}

export type RescheduleBookingOutcome =
  BookingRescheduled | TooLateToCancel | NotConfirmed | HoldLapsed | HoldRefused;

const OUTCOMES = {
  BookingRescheduled,
  TooLateToCancel,
  NotConfirmed,
  HoldLapsed,
  ...HOLD_REFUSALS,
} satisfies Record<RescheduleBookingOutcome['kind'], unknown>;

export const RescheduleBookingResult = resultUnion('RescheduleBookingResult', () => Object.values(OUTCOMES));
