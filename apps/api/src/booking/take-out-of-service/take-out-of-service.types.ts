import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  InputRefused,
  Instant,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { ClosureType } from '../../workshops/index.js';
import { BookingType, Sequenced } from '../booking.types.js';

@InputType()
export class TakeOutOfServiceInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) stationId!: string;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => String, { description: 'Told to those whose bookings it touches.' }) reason!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

/** Why a claim stays on a station that is out of service. */
export const LeftBecause = { CHECKED_IN: 'checked_in', NO_ROOM: 'no_room' } as const;
export type LeftBecause = (typeof LeftBecause)[keyof typeof LeftBecause];
registerEnumType(LeftBecause, {
  name: 'LeftBecause',
  valuesMap: {
    CHECKED_IN: { description: 'Work on it has begun.' },
    NO_ROOM: { description: 'No other station of the cell can take it; its owner has been told.' },
  },
});

@ObjectType()
export class LeftBooking {
  @Field(() => BookingType) booking: BookingType;
  @Field(() => LeftBecause) because: LeftBecause;

  constructor(booking: BookingType, because: LeftBecause) {
    this.booking = booking;
    this.because = because;
  }
}

@ObjectType()
export class StationTakenOut extends Sequenced {
  readonly kind = 'StationTakenOut';
  @Field(() => ClosureType) closure: ClosureType;
  @Field(() => [BookingType], {
    description: 'Now on another station of the cell, at the same time and price.',
  })
  moved: BookingType[];
  @Field(() => [LeftBooking], { description: 'Still booked on the station that is out of service.' })
  left: LeftBooking[];

  constructor(closure: ClosureType, moved: BookingType[], left: LeftBooking[], sequence: string | null) {
    super();
    this.closure = closure;
    this.moved = moved;
    this.left = left;
    this.sequence = sequence;
  }
}

/** The station is out of service for some of that time already. */
@ObjectType({ implements: () => [Refusal] })
export class AlreadyOutOfService extends Sequenced implements Refusal {
  readonly kind = 'AlreadyOutOfService';
  @Field(() => String) message: string;
  @Field(() => ClosureType) closure: ClosureType;

  constructor(closure: ClosureType) {
    super();
    const [fromAt, toAt] = [closure.fromAt.toISOString(), closure.toAt.toISOString()];
    this.closure = closure;
    this.message = `The station is out of service from ${fromAt} to ${toAt} already. Return it to service first, or choose another time.`;
  }
}

export const TakeOutOfServiceResult = resultUnion('TakeOutOfServiceResult', () => [
  StationTakenOut,
  AlreadyOutOfService,
  NotFound,
  InputRefused,
  RequestIdReused,
]);
export type TakeOutOfServiceOutcome =
  StationTakenOut | AlreadyOutOfService | NotFound | InputRefused | RequestIdReused;
