import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  InputRefused,
  Instant,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { RoundType } from '../rounds.types.js';

@InputType()
export class RoundSlotInput {
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => ID, { nullable: true, description: 'Left out, any station of the cell.' })
  stationId?: string | null;
}

@InputType()
export class OpenRoundInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => [RoundSlotInput], { description: '1 to 50; they are numbered from 1 in this order.' })
  slots!: RoundSlotInput[];
  @Field(() => Instant, {
    description: 'Until when requests are taken; two hours before the first slot at the latest.',
  })
  deadlineAt!: Date;
  @Field(() => Int, { defaultValue: 1, description: 'How many slots one member can win, 1 or 2.' })
  cap!: number;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType({ description: 'Its slots are claimed, and its commitment is published.' })
export class RoundOpened {
  readonly kind = 'RoundOpened';
  @Field(() => RoundType) round: RoundType;

  constructor(round: RoundType) {
    this.round = round;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class RoundSlotRefused implements Refusal {
  readonly kind = 'RoundSlotRefused';
  @Field(() => String) message: string;
  @Field(() => Int, { description: 'Which slot of the input, from 1.' }) slot: number;

  constructor(slot: number, why: string) {
    this.slot = slot;
    this.message = `Slot ${String(slot)} cannot be in the round, and nothing was opened. ${why}`;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class ChainNotReady implements Refusal {
  readonly kind = 'ChainNotReady';
  @Field(() => String) message =
    'No chain answers here with final blocks, and a round is drawn by one. Set CHAIN_RPC_URLS, or try again when the nodes answer.';
}

export type OpenRoundOutcome =
  RoundOpened | RoundSlotRefused | ChainNotReady | InputRefused | NotFound | RequestIdReused;

const OUTCOMES = {
  RoundOpened,
  RoundSlotRefused,
  ChainNotReady,
  InputRefused,
  NotFound,
  RequestIdReused,
} satisfies Record<OpenRoundOutcome['kind'], unknown>;

export const OpenRoundResult = resultUnion('OpenRoundResult', () => Object.values(OUTCOMES));
