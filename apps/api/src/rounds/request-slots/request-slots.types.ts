import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InductionNeeded } from '../../booking/index.js';
import {
  InputRefused,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { RoundRequestType } from '../rounds.types.js';

@InputType()
export class RequestSlotsInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => Int, { description: 'The number of the slot you would like most.' }) first!: number;
  @Field(() => Int, { nullable: true, description: 'The next best, or with a cap of 2 another one.' })
  second?: number | null;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType({
  description: 'It stands in the public list under its pseudonym, and may be changed until the deadline.',
})
export class SlotsRequested {
  readonly kind = 'SlotsRequested';
  @Field(() => RoundRequestType) request: RoundRequestType;

  constructor(request: RoundRequestType) {
    this.request = request;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class RoundClosed implements Refusal {
  readonly kind = 'RoundClosed';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export type RequestSlotsOutcome =
  SlotsRequested | RoundClosed | InductionNeeded | InputRefused | NotFound | RequestIdReused;

const OUTCOMES = {
  SlotsRequested,
  RoundClosed,
  InductionNeeded,
  InputRefused,
  NotFound,
  RequestIdReused,
} satisfies Record<RequestSlotsOutcome['kind'], unknown>;

export const RequestSlotsResult = resultUnion('RequestSlotsResult', () => Object.values(OUTCOMES));
