import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  Instant,
  MinorUnits,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../../platform/graphql/index.js';
import { Sequenced } from '../../booking.types.js';
import { FamilyUnknown, SlotAlternative } from '../../hold-slot/hold-slot.types.js';
import { InductionNeeded } from '../../terms/terms.types.js';
import { WaitingEntryType } from '../waiting-list.types.js';

@InputType()
export class JoinWaitingListInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => Instant, { description: 'The window may not start before it.' }) earliestAt!: Date;
  @Field(() => Instant, { description: 'The window may not end after it.' }) latestAt!: Date;
  @Field(() => Int, { description: 'The length that is wished for, whole steps of the grid.' })
  minutes!: number;
  @Field(() => Int, {
    nullable: true,
    description: 'Take a part of the time when it is no shorter; left out, all or nothing.',
  })
  leastMinutes?: number | null;
  @Field(() => String, { nullable: true, description: 'Left out, the default of the cell.' })
  family?: string | null;
  @Field(() => MinorUnits, { nullable: true, description: 'Offer nothing above this price.' })
  maxPriceMinor?: bigint | null;
  @Field(() => Boolean, { nullable: true, description: 'Pay with prepaid minutes as far as they go.' })
  useCredits?: boolean | null;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class WaitingListJoined extends Sequenced {
  readonly kind = 'WaitingListJoined';
  @Field(() => WaitingEntryType) entry: WaitingEntryType;

  constructor(entry: WaitingEntryType) {
    super();
    this.entry = entry;
  }
}

/** Nobody needs to wait for what can be held now. */
@ObjectType({ implements: () => [Refusal] })
export class SlotIsFree extends Sequenced implements Refusal {
  readonly kind = 'SlotIsFree';
  @Field(() => String) message: string;
  @Field(() => SlotAlternative) alternative: SlotAlternative;

  constructor(alternative: SlotAlternative, isPart: boolean) {
    super();
    this.alternative = alternative;
    this.message = isPart
      ? 'A part of the time that is no shorter than you said is free now. Hold it, or wait for no less than all of it.'
      : 'Such a window is free now. Hold it instead of waiting.';
  }
}

@ObjectType({ implements: () => [Refusal] })
export class WishInvalid extends Sequenced implements Refusal {
  readonly kind = 'WishInvalid';
  @Field(() => String) message: string;
  @Field(() => String, {
    description: 'RANGE_TOO_SHORT, PAST, BEYOND_HORIZON, OFF_GRID, TOO_LONG, LEAST, PRICE or NEVER_OPEN.',
  })
  reason: string;

  constructor(reason: string, message: string) {
    super();
    this.reason = reason;
    this.message = message;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class WaitingLimitReached extends Sequenced implements Refusal {
  readonly kind = 'WaitingLimitReached';
  @Field(() => String) message: string;
  @Field(() => Int) limit: number;

  constructor(limit: number) {
    super();
    this.limit = limit;
    this.message = `You wait in ${String(limit)} places already, the most at one time. Leave one first.`;
  }
}

export type JoinWaitingListOutcome =
  | WaitingListJoined
  | SlotIsFree
  | WishInvalid
  | WaitingLimitReached
  | FamilyUnknown
  | InductionNeeded
  | NotFound
  | RequestIdReused;

const OUTCOMES = {
  WaitingListJoined,
  SlotIsFree,
  WishInvalid,
  WaitingLimitReached,
  FamilyUnknown,
  InductionNeeded,
  NotFound,
  RequestIdReused,
} satisfies Record<JoinWaitingListOutcome['kind'], unknown>;

export const JoinWaitingListResult = resultUnion('JoinWaitingListResult', () => Object.values(OUTCOMES));
