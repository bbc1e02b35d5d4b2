import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { BookingType, HOLD_REFUSALS, SlotHeld, type HoldSlotOutcome } from '../../booking/index.js';
import { Instant, MinorUnits, Refusal, resultUnion } from '../../platform/graphql/index.js';
import { ServiceOrderState, type ServiceOrderType } from '../service-order.types.js';

@InputType()
export class ReclaimWindowInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID, { description: 'A booking of a service order.' }) bookingId!: string;
  @Field(() => String, { nullable: true, description: 'What the station is to be set up for.' })
  family?: string | null;
  @Field(() => MinorUnits, { nullable: true, description: 'Refuse when the price is above this.' })
  maxPriceMinor?: bigint | null;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class WindowReclaimed {
  readonly kind = 'WindowReclaimed';
  @Field(() => BookingType, { description: 'The hold of the member on the window.' }) booking: BookingType;
  /** Whose window it was; what became of it is resolved apart. */
  readonly order: Pick<ServiceOrderType, 'coopId' | 'id'>;

  constructor(booking: BookingType, order: Pick<ServiceOrderType, 'coopId' | 'id'>) {
    this.booking = booking;
    this.order = order;
  }
}

/** What became of the work whose window a home member took: it has another place, or it was refunded. */
@ObjectType()
export class ReclaimedWork {
  @Field(() => ServiceOrderState, { description: 'RECLAIMED when no other place keeps the promise.' })
  state!: ServiceOrderState;
  @Field(() => [BookingType], { description: 'Its time on the stations now, by start.' })
  bookings!: BookingType[];
  @Field(() => Instant) promisedAt!: Date;
  @Field(() => MinorUnits, { description: 'What the buyer got back.' }) refundedMinor!: bigint;
  @Field(() => String) currency!: string;
}

/** The window is too near, or work on it has begun: it stays with the service order. */
@ObjectType({ implements: () => [Refusal] })
export class CapacityFirm implements Refusal {
  readonly kind = 'CapacityFirm';
  @Field(() => String) message: string;
  @Field(() => Instant, { description: 'Since when the window is firm.' }) firmFrom: Date;

  constructor(message: string, firmFrom: Date) {
    this.message = message;
    this.firmFrom = firmFrom;
  }
}

export type ReclaimWindowOutcome = WindowReclaimed | CapacityFirm | Exclude<HoldSlotOutcome, SlotHeld>;

const OUTCOMES = {
  WindowReclaimed,
  CapacityFirm,
  ...HOLD_REFUSALS,
} satisfies Record<ReclaimWindowOutcome['kind'], unknown>;

export const ReclaimWindowResult = resultUnion('ReclaimWindowResult', () => Object.values(OUTCOMES));
