import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Instant, MinorUnits, Refusal } from '../platform/graphql/index.js';

/** The state of a claim; a hold past its time reads as lapsed whether or not it was swept. */
export const BookingState = {
  HELD: 'held',
  CONFIRMED: 'confirmed',
  RELEASED: 'released',
  LAPSED: 'lapsed',
  CANCELLED: 'cancelled',
  MOVED: 'moved',
  NO_SHOW: 'no_show',
} as const;
export type BookingState = (typeof BookingState)[keyof typeof BookingState];
registerEnumType(BookingState, { name: 'BookingState' });

/** What put a claim on its station. */
export const BookingOrigin = {
  MEMBER: 'member',
  SERIES: 'series',
  WAITING: 'waiting',
  ROUND: 'round',
  RUN: 'run',
  SERVICE_ORDER: 'service_order',
} as const;
export type BookingOrigin = (typeof BookingOrigin)[keyof typeof BookingOrigin];
registerEnumType(BookingOrigin, { name: 'BookingOrigin' });

/** One line of a price; the lines of a booking sum to it. */
@ObjectType('PriceLine')
export class PriceLineType {
  @Field(() => String, { description: 'base, peak, quiet, load, class, peer, changeover, credit or bound.' })
  code!: string;
  @Field(() => String) label!: string;
  @Field(() => Int, { nullable: true }) minutes!: number | null;
  @Field(() => MinorUnits) amountMinor!: bigint;
}

/** A hold or booking; cell, station and workshop are resolved apart. */
@ObjectType('Booking')
export class BookingType {
  coopId!: string;
  workshopId!: string;
  cellId!: string;
  stationId!: string;
  /** The member, or null when an operation of a run claims the station. */
  accountId!: string | null;
  runOperationId!: string | null;
  roundId!: string | null;
  serviceOrderId!: string | null;
  seriesId!: string | null;
  movedFrom!: string | null;
  @Field(() => ID) id!: string;
  @Field(() => BookingState) state!: BookingState;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant) toAt!: Date;
  @Field(() => BookingOrigin) origin!: BookingOrigin;
  @Field(() => String, { nullable: true, description: 'What the station is set up for.' })
  family!: string | null;
  @Field(() => Instant, {
    description: 'When the changeover before the window begins; it moves with the neighbour before.',
  })
  claimFromAt!: Date;
  @Field(() => Int) changeoverMinutes!: number;
  @Field(() => MinorUnits, { description: 'Frozen when it was held.' }) priceMinor!: bigint;
  @Field(() => [PriceLineType]) priceLines!: PriceLineType[];
  @Field(() => MinorUnits, { description: 'What the member owes for it as it stands.' })
  chargedMinor!: bigint;
  @Field(() => String) currency!: string;
  @Field(() => Instant) heldAt!: Date;
  @Field(() => Instant, { nullable: true }) expiresAt!: Date | null;
  @Field(() => Instant, { nullable: true }) extendedAt!: Date | null;
  @Field(() => Instant, { nullable: true }) confirmedAt!: Date | null;
  @Field(() => Instant, { nullable: true }) checkedInAt!: Date | null;
  @Field(() => Instant, { nullable: true }) checkedOutAt!: Date | null;
}

/** Names one claim of the caller, once. */
@InputType({ isAbstract: true })
export abstract class ClaimInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) bookingId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

/** What every outcome of the engine carries, so that a history can be told in the order in which it happened. */
@ObjectType({ isAbstract: true })
export abstract class Sequenced {
  @Field(() => String, {
    nullable: true,
    description: 'A number taken while the capacity was locked; null when nothing was locked.',
  })
  sequence: string | null = null;
  /** Settled when a number that travels with the commit has arrived. */
  arriving?: Promise<void>;
}

@ObjectType({ implements: () => [Refusal] })
export class HoldLapsed extends Sequenced implements Refusal {
  readonly kind = 'HoldLapsed';
  @Field(() => String) message: string;

  constructor(message: string) {
    super();
    this.message = message;
  }
}

/** The claim is not in the state that this needs. */
@ObjectType({ implements: () => [Refusal] })
export class NotHeld extends Sequenced implements Refusal {
  readonly kind = 'NotHeld';
  @Field(() => String) message: string;
  @Field(() => BookingState) state: BookingState;

  constructor(state: BookingState, message: string) {
    super();
    this.state = state;
    this.message = message;
  }
}
