import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';
import { RoundClosed } from '../request-slots/request-slots.types.js';
import { RoundType } from '../rounds.types.js';

@InputType()
export class WithdrawSlotRequestInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) roundId!: string;
}

@ObjectType({
  description: 'It stands in the public list no longer; another may be made until the deadline.',
})
export class SlotRequestWithdrawn {
  readonly kind = 'SlotRequestWithdrawn';
  @Field(() => RoundType) round: RoundType;

  constructor(round: RoundType) {
    this.round = round;
  }
}

export type WithdrawSlotRequestOutcome = SlotRequestWithdrawn | RoundClosed | NotFound;

const OUTCOMES = { SlotRequestWithdrawn, RoundClosed, NotFound } satisfies Record<
  WithdrawSlotRequestOutcome['kind'],
  unknown
>;

export const WithdrawSlotRequestResult = resultUnion('WithdrawSlotRequestResult', () =>
  Object.values(OUTCOMES),
);
