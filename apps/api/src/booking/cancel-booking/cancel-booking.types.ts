import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { MinorUnits, NotFound, Refusal, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { BookingState, BookingType, ClaimInput, Sequenced } from '../booking.types.js';

@InputType()
export class CancelBookingInput extends ClaimInput {}

@ObjectType()
export class BookingCancelled extends Sequenced {
  readonly kind = 'BookingCancelled';
  @Field(() => BookingType) booking: BookingType;
  @Field(() => MinorUnits, { description: 'What it still costs, by the notice that was given.' })
  feeMinor: bigint;
  @Field(() => String, {
    nullable: true,
    description:
      'Why it costs nothing whatever the policy says; null where the policy decides, and when the answer is repeated.',
  })
  waivedBecause: string | null;

  constructor(booking: BookingType, waivedBecause: string | null = null) {
    super();
    this.booking = booking;
    this.feeMinor = booking.chargedMinor;
    this.waivedBecause = waivedBecause;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class TooLateToCancel extends Sequenced implements Refusal {
  readonly kind = 'TooLateToCancel';
  @Field(() => String) message: string;

  constructor(message: string) {
    super();
    this.message = message;
  }
}

/** Only a confirmed booking can be cancelled. */
@ObjectType({ implements: () => [Refusal] })
export class NotConfirmed extends Sequenced implements Refusal {
  readonly kind = 'NotConfirmed';
  @Field(() => String) message: string;
  @Field(() => BookingState) state: BookingState;

  constructor(state: BookingState, message: string) {
    super();
    this.state = state;
    this.message = message;
  }
}

export type CancelBookingOutcome =
  BookingCancelled | TooLateToCancel | NotConfirmed | NotFound | RequestIdReused;

/** What may be answered instead, also when an operator cancels. */
export const CANCEL_REFUSALS = {
  TooLateToCancel,
  NotConfirmed,
  NotFound,
  RequestIdReused,
} satisfies Record<Exclude<CancelBookingOutcome['kind'], 'BookingCancelled'>, unknown>;

const OUTCOMES = { BookingCancelled, ...CANCEL_REFUSALS };

export const CancelBookingResult = resultUnion('CancelBookingResult', () => Object.values(OUTCOMES));
