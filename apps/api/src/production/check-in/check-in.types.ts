import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { BookingType } from '../../booking/index.js';
import { NotFound, Refusal, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class CheckInInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) bookingId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class CheckedIn {
  readonly kind = 'CheckedIn';
  @Field(() => BookingType) booking: BookingType;

  constructor(booking: BookingType) {
    this.booking = booking;
  }
}

/** Why a booking cannot be checked in. */
export type NotYetReason = 'TOO_EARLY' | 'NOT_CONFIRMED' | 'CHECKED_IN_ALREADY';

@ObjectType({ implements: () => [Refusal] })
export class NotYet implements Refusal {
  readonly kind = 'NotYet';
  @Field(() => String) message: string;
  @Field(() => String, { description: 'TOO_EARLY, NOT_CONFIRMED or CHECKED_IN_ALREADY.' })
  reason: NotYetReason;

  constructor(reason: NotYetReason, message: string) {
    this.reason = reason;
    this.message = message;
  }
}

export type CheckInOutcome = CheckedIn | NotYet | NotFound | RequestIdReused;

const OUTCOMES = {
  CheckedIn,
  NotYet,
  NotFound,
  RequestIdReused,
} satisfies Record<CheckInOutcome['kind'], unknown>;

export const CheckInResult = resultUnion('CheckInResult', () => Object.values(OUTCOMES));
