import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, Refusal, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { BookingState, BookingType, ClaimInput } from '../booking.types.js';

@InputType()
export class CancelBookingInput extends ClaimInput {}

@ObjectType()
export class BookingCancelled {
  readonly kind = 'BookingCancelled';
  @Field(() => BookingType) booking: BookingType;

  constructor(booking: BookingType) {
    this.booking = booking;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class TooLateToCancel implements Refusal {
  readonly kind = 'TooLateToCancel';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** Only a confirmed booking can be cancelled. */
@ObjectType({ implements: () => [Refusal] })
export class NotConfirmed implements Refusal {
  readonly kind = 'NotConfirmed';
  @Field(() => String) message: string;
  @Field(() => BookingState) state: BookingState;

  constructor(state: BookingState, message: string) {
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
