import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, Refusal, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { RoundClosed } from '../request-slots/request-slots.types.js';
import { RoundType } from '../rounds.types.js';

@InputType()
export class CallOffRoundInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType({ description: 'Its slots are free again, and everybody who asked was told.' })
export class RoundCalledOff {
  readonly kind = 'RoundCalledOff';
  @Field(() => RoundType) round: RoundType;

  constructor(round: RoundType) {
    this.round = round;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class NotTheOpener implements Refusal {
  readonly kind = 'NotTheOpener';
  @Field(() => String) message =
    'Only who opened a round can call it off, or an admin once they have left the co-op. Ask one of them.';
}

export type CallOffRoundOutcome = RoundCalledOff | NotTheOpener | RoundClosed | NotFound | RequestIdReused;

const OUTCOMES = {
  RoundCalledOff,
  NotTheOpener,
  RoundClosed,
  NotFound,
  RequestIdReused,
} satisfies Record<CallOffRoundOutcome['kind'], unknown>;

export const CallOffRoundResult = resultUnion('CallOffRoundResult', () => Object.values(OUTCOMES));
