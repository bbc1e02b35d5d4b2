import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { DropState } from '@touchmark/drops';
import {
  InputRefused,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { DropStateEnum, OrderType } from '../orders.types.js';

@InputType()
export class PlaceOrderInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) dropId!: string;
  @Field(() => Int, { description: '1 to 1,000.' }) quantity!: number;
  @Field(() => String, {
    description: 'In the sandbox: sandbox-accept, sandbox-decline or sandbox-delay-<seconds>.',
  })
  paymentMethod!: string;
  @Field(() => ID) requestId!: string;
}

/** The order holds its units until `payBy`; its payment is on the way. */
@ObjectType()
export class OrderPlaced {
  readonly kind = 'OrderPlaced';
  @Field(() => OrderType) order: OrderType;

  constructor(order: OrderType) {
    this.order = order;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class SoldOut implements Refusal {
  readonly kind = 'SoldOut';
  @Field(() => String) message: string;
  @Field(() => Int) unitsLeft: number;

  constructor(refused: { readonly message: string; readonly unitsLeft: number }) {
    this.message = refused.message;
    this.unitsLeft = refused.unitsLeft;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class DropNotOpen implements Refusal {
  readonly kind = 'DropNotOpen';
  @Field(() => String) message: string;
  @Field(() => DropStateEnum) state: DropState;

  constructor(refused: { readonly message: string; readonly state: DropState }) {
    this.message = refused.message;
    this.state = refused.state;
  }
}

export type PlaceOrderOutcome =
  OrderPlaced | SoldOut | DropNotOpen | InputRefused | NotFound | RequestIdReused;

export const PlaceOrderResult = resultUnion('PlaceOrderResult', () => [
  OrderPlaced,
  SoldOut,
  DropNotOpen,
  InputRefused,
  NotFound,
  RequestIdReused,
]);
