import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { DropState, OrderState } from '@touchmark/drops';
import { Instant, MinorUnits, connectionType } from '../platform/graphql/index.js';

const DROP_STATES = {
  OPENING: 'opening',
  OPEN: 'open',
  LOCKED: 'locked',
  REFUNDED: 'refunded',
} as const satisfies Record<string, DropState>;

const ORDER_STATES = {
  AWAITING_PAYMENT: 'awaiting_payment',
  PAID: 'paid',
  DECLINED: 'declined',
  EXPIRED: 'expired',
  KEPT: 'kept',
  REFUNDED: 'refunded',
  HANDED_OVER: 'handed_over',
} as const satisfies Record<string, OrderState>;

registerEnumType(DROP_STATES, {
  name: 'DropState',
  description: 'OPENING waits for the chain; LOCKED is made at what was ordered; REFUNDED was not.',
});
registerEnumType(ORDER_STATES, {
  name: 'OrderState',
  description:
    'AWAITING_PAYMENT holds units, PAID has bought them, KEPT is a sale; the other states are ends.',
});

/** The GraphQL enums, for field declarations. */
export const DropStateEnum = DROP_STATES;
export const OrderStateEnum = ORDER_STATES;

/** The sale of an edition. */
@ObjectType('Drop')
export class DropType {
  coopId!: string;
  editionId!: string;
  unitsHeld!: number;
  unitsSold!: number;
  requestedAt!: Date;
  @Field(() => ID) id!: string;
  @Field(() => DropStateEnum) state!: DropState;
  @Field(() => Int) size!: number;
  @Field(() => Int, { description: 'Fewer paid units than this at the close, and everyone is refunded.' })
  minimumUnits!: number;
  @Field(() => Int, {
    description: 'For so many days after its anchoring a claim of a piece needs the co-signer.',
  })
  cosignDays!: number;
  @Field(() => Int, {
    description:
      'For so many days after its anchoring a batch may be voided by the co-op, and is not claimed.',
  })
  objectionDays!: number;
  @Field(() => Instant, { nullable: true }) openedAt!: Date | null;
  @Field(() => Instant) closesAt!: Date;
  @Field(() => Instant, { nullable: true }) closedAt!: Date | null;
}

/** A pre-order of units of an edition. */
@ObjectType('Order')
export class OrderType {
  coopId!: string;
  dropId!: string;
  editionId!: string;
  buyerId!: string;
  @Field(() => ID) id!: string;
  @Field(() => Int) quantity!: number;
  @Field(() => MinorUnits) unitPriceMinor!: bigint;
  @Field(() => MinorUnits) amountMinor!: bigint;
  @Field(() => MinorUnits) refundedMinor!: bigint;
  @Field(() => String) currency!: string;
  @Field(() => OrderStateEnum) state!: OrderState;
  @Field(() => Instant) placedAt!: Date;
  @Field(() => Instant, { description: 'From this moment an unpaid order holds nothing.' }) payBy!: Date;
  @Field(() => Instant, { nullable: true }) handedOverAt!: Date | null;
}

export const DropConnection = connectionType(DropType, 'Drop');
export const OrderConnection = connectionType(OrderType, 'Order');
