import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { BookingType, ClaimInput, HoldLapsed, NotHeld, Sequenced } from '../booking.types.js';

@InputType()
export class ReleaseHoldInput extends ClaimInput {}

@ObjectType()
export class HoldReleased extends Sequenced {
  readonly kind = 'HoldReleased';
  @Field(() => BookingType) booking: BookingType;

  constructor(booking: BookingType) {
    super();
    this.booking = booking;
  }
}

export type ReleaseHoldOutcome = HoldReleased | HoldLapsed | NotHeld | NotFound | RequestIdReused;

const OUTCOMES = {
  HoldReleased,
  HoldLapsed,
  NotHeld,
  NotFound,
  RequestIdReused,
} satisfies Record<ReleaseHoldOutcome['kind'], unknown>;

export const ReleaseHoldResult = resultUnion('ReleaseHoldResult', () => Object.values(OUTCOMES));
