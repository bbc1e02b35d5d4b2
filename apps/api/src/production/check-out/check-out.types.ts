import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { BookingType } from '../../booking/index.js';
import { NotFound, Refusal, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class CheckOutInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) bookingId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class CheckedOut {
  readonly kind = 'CheckedOut';
  @Field(() => BookingType) booking: BookingType;

  constructor(booking: BookingType) {
    this.booking = booking;
  }
}

/** Nobody works on the booking: it was not checked in, or is checked out already. */
@ObjectType({ implements: () => [Refusal] })
export class NotCheckedIn implements Refusal {
  readonly kind = 'NotCheckedIn';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export type CheckOutOutcome = CheckedOut | NotCheckedIn | NotFound | RequestIdReused;

const OUTCOMES = {
  CheckedOut,
  NotCheckedIn,
  NotFound,
  RequestIdReused,
} satisfies Record<CheckOutOutcome['kind'], unknown>;

export const CheckOutResult = resultUnion('CheckOutResult', () => Object.values(OUTCOMES));
