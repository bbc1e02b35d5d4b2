import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  InputRefused,
  Instant,
  NotFound,
  Refusal,
  RequestIdReused,
  connectionType,
  resultUnion,
} from '../../platform/graphql/index.js';

@InputType()
export class VoidLastBatchInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) editionId!: string;
  @Field(() => Int, { description: 'The first serial of the batch that is meant, as `lastBatch` tells it.' })
  firstSerial!: number;
  @Field(() => String, { description: 'Its root, so that no other batch is voided than the one looked at.' })
  root!: string;
  @Field(() => String, { description: 'Why, for whoever asks later; 1 to 500 characters.' }) words!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

/** A batch that is taken back within its objection time, and why. */
@ObjectType('BatchVoid')
export class BatchVoidType {
  coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID, { nullable: true, description: 'Null for a batch that was not made here.' })
  batchId!: string | null;
  @Field(() => Int) firstSerial!: number;
  @Field(() => Int) unitCount!: number;
  @Field(() => String) root!: string;
  @Field(() => String) words!: string;
  @Field(() => Instant) requestedAt!: Date;
  @Field(() => Instant, { nullable: true, description: 'The time of its block.' }) recordedAt!: Date | null;
  @Field(() => Instant, { nullable: true, description: 'Since when it cannot be undone.' })
  finalAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Why the chain did not take it.' })
  givenUp!: string | null;
}

export const BatchVoidConnection = connectionType(BatchVoidType, 'BatchVoid');

/** The last batch of an edition on chain, and whether it can still be voided. */
@ObjectType('LastBatch')
export class LastBatchType {
  @Field(() => ID, {
    nullable: true,
    description: 'Null when it was not made here: somebody else holds the key of the publisher.',
  })
  batchId!: string | null;
  @Field(() => Int) firstSerial!: number;
  @Field(() => Int) unitCount!: number;
  @Field(() => String) root!: string;
  @Field(() => Instant, { description: 'The time of its block.' }) anchoredAt!: Date;
  @Field(() => Instant, { description: 'From then on it stands for ever, and its pieces can be claimed.' })
  objectionUntil!: Date;
  @Field(() => Instant, {
    description: 'The last moment at which the contract takes another batch in its place.',
  })
  anchorUntil!: Date;
  @Field(() => String, { nullable: true, description: 'Why it cannot be voided; null when it can.' })
  obstacle!: string | null;
}

/** The void is on its way to the chain. */
@ObjectType()
export class LastBatchVoided {
  readonly kind = 'LastBatchVoided';
  @Field(() => BatchVoidType) batchVoid: BatchVoidType;

  constructor(batchVoid: BatchVoidType) {
    this.batchVoid = batchVoid;
  }
}

/** There is nothing to void, or no longer. */
@ObjectType({ implements: () => [Refusal] })
export class NothingToVoid implements Refusal {
  readonly kind = 'NothingToVoid';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export type VoidLastBatchOutcome =
  LastBatchVoided | NothingToVoid | NotFound | InputRefused | RequestIdReused;

export const VoidLastBatchResult = resultUnion('VoidLastBatchResult', () => [
  LastBatchVoided,
  NothingToVoid,
  NotFound,
  InputRefused,
  RequestIdReused,
]);
