import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Instant, MinorUnits, Refusal } from '../platform/graphql/index.js';

/** The state of a claim; a hold past its time reads as lapsed whether or not it was swept. */
export const BookingState = {
  HELD: 'held',
  CONFIRMED: 'confirmed',
  RELEASED: 'released',
  LAPSED: 'lapsed',
  CANCELLED: 'cancelled',
} as const;
export type BookingState = (typeof BookingState)[keyof typeof BookingState];
registerEnumType(BookingState, { name: 'BookingState' });

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
  @Field(() => ID) id!: string;
  @Field(() => BookingState) state!: BookingState;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant) toAt!: Date;
  @Field(() => MinorUnits) priceMinor!: bigint;
  @Field(() => String) currency!: string;
  @Field(() => Instant) heldAt!: Date;
  @Field(() => Instant, { nullable: true }) expiresAt!: Date | null;
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

@ObjectType({ implements: () => [Refusal] })
export class HoldLapsed implements Refusal {
  readonly kind = 'HoldLapsed';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The claim is not in the state that this needs. */
@ObjectType({ implements: () => [Refusal] })
export class NotHeld implements Refusal {
  readonly kind = 'NotHeld';
  @Field(() => String) message: string;
  @Field(() => BookingState) state: BookingState;

  constructor(state: BookingState, message: string) {
    this.state = state;
    this.message = message;
  }
}
