import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, Refusal, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { BookingType, ClaimInput, HoldLapsed, NotHeld, Sequenced } from '../booking.types.js';

@InputType()
export class ExtendHoldInput extends ClaimInput {}

@ObjectType()
export class HoldExtended extends Sequenced {
  readonly kind = 'HoldExtended';
  @Field(() => BookingType) booking: BookingType;

  constructor(booking: BookingType) {
    super();
    this.booking = booking;
  }
}

/** The hold was extended before, or has its own time to be answered. */
@ObjectType({ implements: () => [Refusal] })
export class CannotExtend extends Sequenced implements Refusal {
  readonly kind = 'CannotExtend';
  @Field(() => String) message: string;

  constructor(message: string) {
    super();
    this.message = message;
  }
}

export type ExtendHoldOutcome =
  HoldExtended | CannotExtend | HoldLapsed | NotHeld | NotFound | RequestIdReused;

const OUTCOMES = {
  HoldExtended,
  CannotExtend,
  HoldLapsed,
  NotHeld,
  NotFound,
  RequestIdReused,
} satisfies Record<ExtendHoldOutcome['kind'], unknown>;

export const ExtendHoldResult = resultUnion('ExtendHoldResult', () => Object.values(OUTCOMES));
