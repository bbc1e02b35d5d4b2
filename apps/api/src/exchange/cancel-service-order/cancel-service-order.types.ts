import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { ServiceOrderType, TransitionRefused } from '../service-order.types.js';

@InputType()
export class CancelServiceOrderInput {
  @Field(() => ID, { nullable: true, description: "The co-op that cancels; a brand's key may leave it out." })
  coopId?: string | null;
  @Field(() => ID, { description: 'The co-op whose order it is.' }) providerId!: string;
  @Field(() => ID) orderId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class ServiceOrderCancelled {
  readonly kind = 'ServiceOrderCancelled';
  @Field(() => ServiceOrderType, { description: 'Says what came back.' }) order: ServiceOrderType;

  constructor(order: ServiceOrderType) {
    this.order = order;
  }
}

export type CancelServiceOrderOutcome =
  ServiceOrderCancelled | TransitionRefused | NotFound | RequestIdReused;

const OUTCOMES = {
  ServiceOrderCancelled,
  TransitionRefused,
  NotFound,
  RequestIdReused,
} satisfies Record<CancelServiceOrderOutcome['kind'], unknown>;

export const CancelServiceOrderResult = resultUnion('CancelServiceOrderResult', () =>
  Object.values(OUTCOMES),
);
