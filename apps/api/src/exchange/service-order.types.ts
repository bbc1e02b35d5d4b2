import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { BookingState } from '../booking/index.js';
import { Instant, MinorUnits, Refusal, connectionType } from '../platform/graphql/index.js';

/** Where a service order stands. */
export const ServiceOrderState = {
  ACCEPTED: 'accepted',
  IN_PRODUCTION: 'in_production',
  QUALITY: 'quality',
  READY: 'ready',
  HANDED_OVER: 'handed_over',
  RECLAIMED: 'reclaimed',
  CANCELLED: 'cancelled',
  REFUNDED: 'refunded',
} as const;
export type ServiceOrderState = (typeof ServiceOrderState)[keyof typeof ServiceOrderState];
registerEnumType(ServiceOrderState, {
  name: 'ServiceOrderState',
  description:
    'RECLAIMED: home members took the capacity back or its station is out of service, refunded by the terms. CANCELLED: by the buyer, by the terms. REFUNDED: called off by the provider, or without a station once its window was firm, in full.',
});

/** Which side of trade. */
export const TradeSide = { SOLD: 'sold', BOUGHT: 'bought' } as const;
export type TradeSide = (typeof TradeSide)[keyof typeof TradeSide];
registerEnumType(TradeSide, { name: 'TradeSide' });

@ObjectType('ServiceOrderEvent')
export class ServiceOrderEventType {
  @Field(() => Int) number!: number;
  @Field(() => ServiceOrderState) state!: ServiceOrderState;
  @Field(() => Instant) at!: Date;
}

/** Time of an order on a station, without what it is worth in the provider's own books; its places are resolved apart. */
@ObjectType('ServiceOrderBooking')
export class ServiceOrderBookingType {
  coopId!: string;
  cellId!: string;
  stationId!: string;
  @Field(() => ID) id!: string;
  @Field(() => BookingState) state!: BookingState;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant) toAt!: Date;
  @Field(() => String, { nullable: true, description: 'What the station is set up for.' })
  family!: string | null;
  @Field(() => Instant, { nullable: true }) checkedInAt!: Date | null;
  @Field(() => Instant, { nullable: true }) checkedOutAt!: Date | null;
}

@ObjectType('ServiceMessage')
export class ServiceMessageType {
  coopId!: string;
  orderId!: string;
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'provider or buyer.' }) side!: string;
  @Field(() => String) text!: string;
  @Field(() => [String], { description: 'Files, as https links that nobody here has opened.' })
  links!: string[];
  @Field(() => Instant) sentAt!: Date;
}

export const ServiceMessageConnection = connectionType(ServiceMessageType, 'ServiceMessage');

/** A purchase of a peer; offer, quote, bookings, messages and history are resolved apart. */
@ObjectType('ServiceOrder')
export class ServiceOrderType {
  buyerCoopId!: string | null;
  buyerBrandId!: string | null;
  quoteId!: string;
  offerId!: string;
  version!: number;
  @Field(() => ID, { description: 'The provider.' }) coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => ServiceOrderState) state!: ServiceOrderState;
  @Field(() => Int) units!: number;
  @Field(() => MinorUnits) priceMinor!: bigint;
  @Field(() => MinorUnits, { description: 'What came back of the price.' }) refundedMinor!: bigint;
  @Field(() => String) currency!: string;
  @Field(() => Instant) promisedAt!: Date;
  @Field(() => Instant) acceptedAt!: Date;
  @Field(() => Instant, { nullable: true }) readyAt!: Date | null;
  @Field(() => Int, { nullable: true }) passed!: number | null;
  @Field(() => Int, { nullable: true }) failed!: number | null;
}

export const ServiceOrderConnection = connectionType(ServiceOrderType, 'ServiceOrder');

/** The order is in no state that this can be done in. */
@ObjectType({ implements: () => [Refusal] })
export class TransitionRefused implements Refusal {
  readonly kind = 'TransitionRefused';
  @Field(() => String) message: string;
  @Field(() => ServiceOrderState) state: ServiceOrderState;
  @Field(() => ServiceOrderState, { nullable: true, description: 'The state that comes next.' })
  next: ServiceOrderState | null;

  constructor(message: string, state: ServiceOrderState, next: ServiceOrderState | null) {
    this.message = message;
    this.state = state;
    this.next = next;
  }
}
