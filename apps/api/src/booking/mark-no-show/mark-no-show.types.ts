import { Field, InputType, ObjectType } from '@nestjs/graphql';
import {
  Instant,
  MinorUnits,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { BookingType, ClaimInput, Sequenced } from '../booking.types.js';
import { NotConfirmed } from '../cancel-booking/cancel-booking.types.js';

@InputType()
export class MarkNoShowInput extends ClaimInput {}

@ObjectType()
export class NoShowMarked extends Sequenced {
  readonly kind = 'NoShowMarked';
  @Field(() => BookingType) booking: BookingType;
  @Field(() => MinorUnits, { description: 'What it costs its member by the policy.' }) feeMinor: bigint;
  @Field(() => String, {
    nullable: true,
    description:
      'Why it costs nothing whatever the policy says; null where the policy decides, and when the answer is repeated.',
  })
  waivedBecause: string | null;

  constructor(booking: BookingType, waivedBecause: string | null = null) {
    super();
    this.booking = booking;
    this.feeMinor = booking.chargedMinor;
    this.waivedBecause = waivedBecause;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class TooEarlyForNoShow extends Sequenced implements Refusal {
  readonly kind = 'TooEarlyForNoShow';
  @Field(() => String) message: string;
  @Field(() => Instant, { description: 'When it can be marked at the earliest.' }) possibleFrom: Date;

  constructor(message: string, possibleFrom: Date) {
    super();
    this.message = message;
    this.possibleFrom = possibleFrom;
  }
}

/** Somebody came: work on the booking has begun. */
@ObjectType({ implements: () => [Refusal] })
export class WorkHasBegun extends Sequenced implements Refusal {
  readonly kind = 'WorkHasBegun';
  @Field(() => String) message: string;

  constructor(message: string) {
    super();
    this.message = message;
  }
}

export type MarkNoShowOutcome =
  NoShowMarked | TooEarlyForNoShow | WorkHasBegun | NotConfirmed | NotFound | RequestIdReused;

const OUTCOMES = {
  NoShowMarked,
  TooEarlyForNoShow,
  WorkHasBegun,
  NotConfirmed,
  NotFound,
  RequestIdReused,
} satisfies Record<MarkNoShowOutcome['kind'], unknown>;

export const MarkNoShowResult = resultUnion('MarkNoShowResult', () => Object.values(OUTCOMES));
