import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { BookingType, ClaimInput, HoldLapsed, NotHeld, Sequenced } from '../booking.types.js';

@InputType()
export class ConfirmBookingInput extends ClaimInput {}

@ObjectType()
export class BookingConfirmed extends Sequenced {
  readonly kind = 'BookingConfirmed';
  @Field(() => BookingType) booking: BookingType;

  constructor(booking: BookingType) {
    super();
    this.booking = booking;
  }
}

export type ConfirmBookingOutcome = BookingConfirmed | HoldLapsed | NotHeld | NotFound | RequestIdReused;

const OUTCOMES = {
  BookingConfirmed,
  HoldLapsed,
  NotHeld,
  NotFound,
  RequestIdReused,
} satisfies Record<ConfirmBookingOutcome['kind'], unknown>;

export const ConfirmBookingResult = resultUnion('ConfirmBookingResult', () => Object.values(OUTCOMES));
