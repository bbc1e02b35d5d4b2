import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  InputRefused,
  Instant,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { DropType } from '../orders.types.js';

@InputType()
export class OpenDropInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) editionId!: string;
  @Field(() => Instant, { description: '1 to 14 days from now.' }) closesAt!: Date;
  @Field(() => Int, { nullable: true, description: 'Fewer paid units than this, and everyone is refunded.' })
  minimumUnits?: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'For so many days after its anchoring, 0 to 180, a claim of a piece needs the co-signer of the co-op, who signs ' +
      'once the piece was handed over: whoever else saw the sealed key gains nothing by being faster.',
  })
  cosignDays?: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'For so many days after its anchoring, 0 to 7, the co-op may void the last batch; until then its pieces are ' +
      'PROVISIONAL and cannot be claimed. It must end before the co-signed time, if there is one.',
  })
  objectionDays?: number | null;
  @Field(() => ID) requestId!: string;
}

/** The drop opens as soon as its edition is committed on chain. */
@ObjectType()
export class DropOpening {
  readonly kind = 'DropOpening';
  @Field(() => DropType) drop: DropType;

  constructor(drop: DropType) {
    this.drop = drop;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class CommitWindowInvalid implements Refusal {
  readonly kind = 'CommitWindowInvalid';
  @Field(() => String) message: string;
  @Field(() => Int) shortestDays: number;
  @Field(() => Int) longestDays: number;

  constructor(refused: {
    readonly message: string;
    readonly shortestDays: number;
    readonly longestDays: number;
  }) {
    this.message = refused.message;
    this.shortestDays = refused.shortestDays;
    this.longestDays = refused.longestDays;
  }
}

/** An edition is sold in one drop. */
@ObjectType({ implements: () => [Refusal] })
export class DropExists implements Refusal {
  readonly kind = 'DropExists';
  @Field(() => String) message =
    'This edition has a drop already, and an edition is sold once. Make a new edition of the work for a new drop.';
}

export type OpenDropOutcome =
  DropOpening | CommitWindowInvalid | InputRefused | DropExists | NotFound | RequestIdReused;

export const OpenDropResult = resultUnion('OpenDropResult', () => [
  DropOpening,
  CommitWindowInvalid,
  InputRefused,
  DropExists,
  NotFound,
  RequestIdReused,
]);
