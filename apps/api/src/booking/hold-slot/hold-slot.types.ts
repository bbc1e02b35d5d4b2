import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  Instant,
  MinorUnits,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { BookingType } from '../booking.types.js';

@InputType()
export class HoldSlotInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => ID, {
    nullable: true,
    description: 'Left out, the station that fragments the calendar least.',
  })
  stationId?: string | null;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => MinorUnits, { nullable: true, description: 'Refuse when the price is above this.' })
  maxPriceMinor?: bigint | null;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class SlotHeld {
  readonly kind = 'SlotHeld';
  @Field(() => BookingType) booking: BookingType;

  constructor(booking: BookingType) {
    this.booking = booking;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class SlotTaken implements Refusal {
  readonly kind = 'SlotTaken';
  @Field(() => String) message: string;
  @Field(() => Instant, { nullable: true, description: 'The next start at which the same length fits.' })
  freeFrom: Date | null;

  constructor(message: string, freeFrom: Date | null) {
    this.message = message;
    this.freeFrom = freeFrom;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class WindowInvalid implements Refusal {
  readonly kind = 'WindowInvalid';
  @Field(() => String) message: string;
  @Field(() => String, {
    description: 'ENDS_BEFORE_START, OFF_GRID, TOO_LONG, BEYOND_HORIZON or NOT_AN_INSTANT.',
  })
  reason: string;

  constructor(reason: string, message: string) {
    this.reason = reason;
    this.message = message;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class WindowInPast implements Refusal {
  readonly kind = 'WindowInPast';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class OutsideOpeningHours implements Refusal {
  readonly kind = 'OutsideOpeningHours';
  @Field(() => String) message: string;
  @Field(() => Instant, { nullable: true, description: 'The next start at which the same length is open.' })
  nextOpenAt: Date | null;

  constructor(message: string, nextOpenAt: Date | null) {
    this.message = message;
    this.nextOpenAt = nextOpenAt;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class HoldLimitReached implements Refusal {
  readonly kind = 'HoldLimitReached';
  @Field(() => String) message: string;
  @Field(() => Int) limit: number;

  constructor(message: string, limit: number) {
    this.message = message;
    this.limit = limit;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class PriceAboveMax implements Refusal {
  readonly kind = 'PriceAboveMax';
  @Field(() => String) message: string;
  @Field(() => MinorUnits) priceMinor: bigint;

  constructor(message: string, priceMinor: bigint) {
    this.message = message;
    this.priceMinor = priceMinor;
  }
}

export type HoldSlotOutcome =
  | SlotHeld
  | SlotTaken
  | WindowInvalid
  | WindowInPast
  | OutsideOpeningHours
  | HoldLimitReached
  | PriceAboveMax
  | NotFound
  | RequestIdReused;

const OUTCOMES = {
  SlotHeld,
  SlotTaken,
  WindowInvalid,
  WindowInPast,
  OutsideOpeningHours,
  HoldLimitReached,
  PriceAboveMax,
  NotFound,
  RequestIdReused,
} satisfies Record<HoldSlotOutcome['kind'], unknown>;

export const HoldSlotResult = resultUnion('HoldSlotResult', () => Object.values(OUTCOMES));
