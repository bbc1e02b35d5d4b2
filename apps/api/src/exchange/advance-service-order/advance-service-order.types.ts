import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';
import { ServiceOrderState, ServiceOrderType, TransitionRefused } from '../service-order.types.js';

@InputType()
export class AdvanceServiceOrderInput {
  @Field(() => ID, { description: 'The provider.' }) coopId!: string;
  @Field(() => ID) orderId!: string;
  @Field(() => ServiceOrderState, {
    description: 'The state that comes next; the one it has changes nothing.',
  })
  to!: ServiceOrderState;
}

@ObjectType()
export class ServiceOrderAdvanced {
  readonly kind = 'ServiceOrderAdvanced';
  @Field(() => ServiceOrderType) order: ServiceOrderType;

  constructor(order: ServiceOrderType) {
    this.order = order;
  }
}

export type AdvanceServiceOrderOutcome = ServiceOrderAdvanced | TransitionRefused | NotFound;

const OUTCOMES = {
  ServiceOrderAdvanced,
  TransitionRefused,
  NotFound,
} satisfies Record<AdvanceServiceOrderOutcome['kind'], unknown>;

export const AdvanceServiceOrderResult = resultUnion('AdvanceServiceOrderResult', () =>
  Object.values(OUTCOMES),
);
