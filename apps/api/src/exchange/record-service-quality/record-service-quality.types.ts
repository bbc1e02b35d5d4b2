import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { ServiceOrderType, TransitionRefused } from '../service-order.types.js';

@InputType()
export class RecordServiceQualityInput {
  @Field(() => ID, { description: 'The provider.' }) coopId!: string;
  @Field(() => ID) orderId!: string;
  @Field(() => Int, { description: 'Units that passed.' }) passed!: number;
  @Field(() => Int, { description: 'Units that failed; both together are the units of the order.' })
  failed!: number;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class ServiceQualityRecorded {
  readonly kind = 'ServiceQualityRecorded';
  @Field(() => ServiceOrderType) order: ServiceOrderType;

  constructor(order: ServiceOrderType) {
    this.order = order;
  }
}

export type RecordServiceQualityOutcome =
  ServiceQualityRecorded | TransitionRefused | InputRefused | NotFound | RequestIdReused;

const OUTCOMES = {
  ServiceQualityRecorded,
  TransitionRefused,
  InputRefused,
  NotFound,
  RequestIdReused,
} satisfies Record<RecordServiceQualityOutcome['kind'], unknown>;

export const RecordServiceQualityResult = resultUnion('RecordServiceQualityResult', () =>
  Object.values(OUTCOMES),
);
