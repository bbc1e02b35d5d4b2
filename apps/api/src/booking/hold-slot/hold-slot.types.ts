import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  Instant,
  MinorUnits,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { BookingType, Sequenced } from '../booking.types.js';
import { InductionNeeded, PriceAboveMax, QuotaExceeded } from '../terms/terms.types.js';

@InputType()
export class HoldSlotInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => ID, {
    nullable: true,
    description: 'Left out, the station that needs the least changeover and fragments the calendar least.',
  })
  stationId?: string | null;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => String, {
    nullable: true,
    description: 'What the station is to be set up for; left out, the default of the cell.',
  })
  family?: string | null;
  @Field(() => MinorUnits, { nullable: true, description: 'Refuse when the price is above this.' })
  maxPriceMinor?: bigint | null;
  @Field(() => Boolean, { nullable: true, description: 'Pay with prepaid minutes as far as they go.' })
  useCredits?: boolean | null;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

/** A window of the same length that could be held instead. */
@ObjectType()
export class SlotAlternative {
  @Field(() => ID) stationId!: string;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
}

@ObjectType()
export class SlotHeld extends Sequenced {
  readonly kind = 'SlotHeld';
  @Field(() => BookingType) booking: BookingType;
  @Field(() => String, { nullable: true, description: 'Why this station; null when the answer is repeated.' })
  because: string | null;

  constructor(booking: BookingType, because: string | null = null) {
    super();
    this.booking = booking;
    this.because = because;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class SlotTaken extends Sequenced implements Refusal {
  readonly kind = 'SlotTaken';
  @Field(() => String) message: string;
  @Field(() => Instant, { nullable: true, description: 'The next start at which the same length fits.' })
  freeFrom: Date | null;
  @Field(() => [SlotAlternative], {
    description: 'The next windows that fit, on any station, earliest first.',
  })
  alternatives: readonly SlotAlternative[];

  constructor(message: string, freeFrom: Date | null, alternatives: readonly SlotAlternative[] = []) {
    super();
    this.message = message;
    this.freeFrom = freeFrom;
    this.alternatives = alternatives;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class WindowInvalid extends Sequenced implements Refusal {
  readonly kind = 'WindowInvalid';
  @Field(() => String) message: string;
  @Field(() => String, {
    description: 'ENDS_BEFORE_START, OFF_GRID, TOO_LONG, BEYOND_HORIZON or NOT_AN_INSTANT.',
  })
  reason: string;

  constructor(reason: string, message: string) {
    super();
    this.reason = reason;
    this.message = message;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class WindowInPast extends Sequenced implements Refusal {
  readonly kind = 'WindowInPast';
  @Field(() => String) message: string;

  constructor(message: string) {
    super();
    this.message = message;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class OutsideOpeningHours extends Sequenced implements Refusal {
  readonly kind = 'OutsideOpeningHours';
  @Field(() => String) message: string;
  @Field(() => Instant, { nullable: true, description: 'The next start at which the same length is open.' })
  nextOpenAt: Date | null;

  constructor(message: string, nextOpenAt: Date | null) {
    super();
    this.message = message;
    this.nextOpenAt = nextOpenAt;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class HoldLimitReached extends Sequenced implements Refusal {
  readonly kind = 'HoldLimitReached';
  @Field(() => String) message: string;
  @Field(() => Int) limit: number;

  constructor(message: string, limit: number) {
    super();
    this.message = message;
    this.limit = limit;
  }
}

/** The cell cannot be set up for that. */
@ObjectType({ implements: () => [Refusal] })
export class FamilyUnknown extends Sequenced implements Refusal {
  readonly kind = 'FamilyUnknown';
  @Field(() => String) message: string;
  @Field(() => [String], { description: 'What the cell can be set up for.' })
  families: readonly string[];

  constructor(asked: string, families: readonly string[]) {
    super();
    this.families = families;
    const known = families.length === 0 ? 'It has none; name none.' : `Name one of ${families.join(', ')}.`;
    this.message = `The cell has no setup family "${asked.slice(0, 64)}". ${known}`;
  }
}

export type HoldSlotOutcome =
  | SlotHeld
  | SlotTaken
  | WindowInvalid
  | WindowInPast
  | OutsideOpeningHours
  | HoldLimitReached
  | FamilyUnknown
  | InductionNeeded
  | QuotaExceeded
  | PriceAboveMax
  | NotFound
  | RequestIdReused;

/** Every way in which a hold can be refused, by its name; for whoever holds on a member's behalf. */
export const HOLD_REFUSALS = {
  SlotTaken,
  WindowInvalid,
  WindowInPast,
  OutsideOpeningHours,
  HoldLimitReached,
  FamilyUnknown,
  InductionNeeded,
  QuotaExceeded,
  PriceAboveMax,
  NotFound,
  RequestIdReused,
} satisfies Record<Exclude<HoldSlotOutcome, SlotHeld>['kind'], unknown>;

const OUTCOMES = {
  SlotHeld,
  ...HOLD_REFUSALS,
} satisfies Record<HoldSlotOutcome['kind'], unknown>;

export const HoldSlotResult = resultUnion('HoldSlotResult', () => Object.values(OUTCOMES));
