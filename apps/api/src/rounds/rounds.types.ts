import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { BeyondQuota } from '@touchmark/rounds';
import { Instant, connectionType } from '../platform/graphql/index.js';

export const RoundState = {
  OPEN: 'open',
  CLOSED: 'closed',
  DRAWN: 'drawn',
  CALLED_OFF: 'called_off',
} as const;
export type RoundState = (typeof RoundState)[keyof typeof RoundState];
registerEnumType(RoundState, {
  name: 'RoundState',
  description:
    'Requests are taken; they are fixed and the block is awaited; the slots are given out; or it was called off.',
});

/** The block whose hash the draw took. */
@ObjectType('RoundBlock')
export class RoundBlockType {
  @Field(() => Int) chainId!: number;
  @Field(() => Int) number!: number;
  @Field(() => String) hash!: string;
  @Field(() => Instant) time!: Date;
}

/** Slots of a cell that nobody can book until they are drawn among those who asked in time. */
@ObjectType('Round')
export class RoundType {
  coopId!: string;
  openedBy!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => RoundState) state!: RoundState;
  @Field(() => Int, { description: 'How many slots one member can win, 1 or 2.' }) cap!: number;
  @Field(() => Instant) openedAt!: Date;
  @Field(() => Instant) deadlineAt!: Date;
  @Field(() => String, { description: 'SHA-256 of the secret, published at the opening.' })
  commitment!: string;
  @Field(() => String, { nullable: true, description: 'From the deadline on: what the draw is made from.' })
  requestsDigest!: string | null;
  @Field(() => RoundBlockType, { nullable: true }) block!: RoundBlockType | null;
  @Field(() => String, { nullable: true, description: 'Told with the draw.' }) secret!: string | null;
  @Field(() => String, { nullable: true, description: 'SHA-256 of the secret and the block hash.' })
  seed!: string | null;
  @Field(() => Instant, { nullable: true }) drawnAt!: Date | null;
}
export const RoundConnection = connectionType(RoundType, 'Round');

export const QuotaGap = { FIRST: 'first', SECOND: 'second', BOTH: 'both' } as const;
registerEnumType(QuotaGap, {
  name: 'QuotaGap',
  description: 'A choice that a quota does not cover, or both together where it covers each.',
});

/** What one member asks for, under the name of one round. */
@ObjectType('RoundRequest')
export class RoundRequestType {
  coopId!: string;
  roundId!: string;
  @Field(() => String) pseudonym!: string;
  @Field(() => Int) first!: number;
  @Field(() => Int, { nullable: true }) second!: number | null;
  @Field(() => Int, { description: 'Slots won in earlier rounds of the cell; fixed at the deadline.' })
  pastWins!: number;
  @Field(() => [QuotaGap], {
    description: 'What the quota had no minutes for; fixed at the deadline, empty before.',
  })
  beyondQuota!: readonly BeyondQuota[];
  @Field(() => Boolean) yours!: boolean;
}
export const RoundRequestConnection = connectionType(RoundRequestType, 'RoundRequest');

/** One window on one station that a round gives out. */
@ObjectType('RoundSlot')
export class RoundSlotType {
  coopId!: string;
  roundId!: string;
  @Field(() => Int) number!: number;
  @Field(() => ID) stationId!: string;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => String, { nullable: true, description: 'The pseudonym of who won it.' })
  wonBy!: string | null;
  @Field(() => Int, { nullable: true, description: 'By their first or their second choice.' })
  choice!: number | null;
  @Field(() => Boolean, { description: 'You won it.' }) yours!: boolean;
  @Field(() => ID, { nullable: true, description: 'Your hold, to be confirmed in time.' })
  bookingId!: string | null;
}
