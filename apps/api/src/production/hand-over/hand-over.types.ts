import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { OrderType } from '../../orders/index.js';
import { NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { NotReady } from '../production.types.js';

@InputType()
export class HandOverInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) orderId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class OrderHandedOver {
  readonly kind = 'OrderHandedOver';
  @Field(() => OrderType) order: OrderType;

  constructor(order: OrderType) {
    this.order = order;
  }
}

export type HandOverOutcome = OrderHandedOver | NotReady | NotFound | RequestIdReused;

const OUTCOMES = {
  OrderHandedOver,
  NotReady,
  NotFound,
  RequestIdReused,
} satisfies Record<HandOverOutcome['kind'], unknown>;

export const HandOverResult = resultUnion('HandOverResult', () => Object.values(OUTCOMES));
