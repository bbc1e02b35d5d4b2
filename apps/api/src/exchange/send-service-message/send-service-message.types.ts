import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { ServiceMessageType } from '../service-order.types.js';

@InputType()
export class SendServiceMessageInput {
  @Field(() => ID, { nullable: true, description: "The co-op that writes; a brand's key may leave it out." })
  coopId?: string | null;
  @Field(() => ID, { description: 'The co-op whose order it is.' }) providerId!: string;
  @Field(() => ID) orderId!: string;
  @Field(() => String) text!: string;
  @Field(() => [String], { defaultValue: [], description: 'Files, as https links; nobody here opens them.' })
  links!: string[];
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class ServiceMessageSent {
  readonly kind = 'ServiceMessageSent';
  @Field(() => ServiceMessageType) message: ServiceMessageType;

  constructor(message: ServiceMessageType) {
    this.message = message;
  }
}

export type SendServiceMessageOutcome = ServiceMessageSent | InputRefused | NotFound | RequestIdReused;

const OUTCOMES = {
  ServiceMessageSent,
  InputRefused,
  NotFound,
  RequestIdReused,
} satisfies Record<SendServiceMessageOutcome['kind'], unknown>;

export const SendServiceMessageResult = resultUnion('SendServiceMessageResult', () =>
  Object.values(OUTCOMES),
);
