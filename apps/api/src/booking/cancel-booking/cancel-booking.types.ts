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

  constructor(booking: BookingType) {
    super();
    this.booking = booking;
    this.feeMinor = booking.chargedMinor;
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

const OUTCOMES = {
  BookingCancelled,
  TooLateToCancel,
  NotConfirmed,
  NotFound,
  RequestIdReused,
} satisfies Record<CancelBookingOutcome['kind'], unknown>;

export const CancelBookingResult = resultUnion('CancelBookingResult', () => Object.values(OUTCOMES));
