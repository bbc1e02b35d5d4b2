import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  InputRefused,
  Instant,
  NotFound,
  Refusal,
  RequestIdReused,
  connectionType,
  resultUnion,
} from '../../platform/graphql/index.js';
import type { BatchState } from '../anchor-batches.repository.js';
import { AnchorStateEnum } from '../show-certificates/certificate.types.js';
import type { Remedy } from './repairs.repository.js';

export const RemedyEnum = { JUDGE_AGAIN: 'judge_again', ISSUE_ANEW: 'issue_anew' } as const satisfies Record<
  string,
  Remedy
>;
registerEnumType(RemedyEnum, {
  name: 'BatchRemedy',
  description:
    'JUDGE_AGAIN: the records were put right, the publisher looks again. ISSUE_ANEW: its certificates are written and ' +
    'signed anew from the records first.',
});

@InputType()
export class RepairBatchInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) batchId!: string;
  @Field(() => RemedyEnum) remedy!: Remedy;
  @Field(() => String, {
    description: 'What was found and done, for whoever asks later; 1 to 500 characters.',
  })
  words!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

/** A batch as the console shows it. */
@ObjectType('ConsoleBatch')
export class ConsoleBatchType {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID) editionId!: string;
  @Field(() => Int) firstSerial!: number;
  @Field(() => Int) unitCount!: number;
  @Field(() => AnchorStateEnum) state!: BatchState;
  @Field(() => String, { nullable: true, description: 'Why the publisher would not sign.' })
  refusal!: string | null;
  @Field(() => Instant) proposedAt!: Date;
  @Field(() => Instant, { nullable: true, description: 'The time of its block.' }) anchoredAt!: Date | null;
}

export const ConsoleBatchConnection = connectionType(ConsoleBatchType, 'ConsoleBatch');

@ObjectType()
export class BatchProposedAgain {
  readonly kind = 'BatchProposedAgain';
  @Field(() => ConsoleBatchType) batch: ConsoleBatchType;

  constructor(batch: ConsoleBatchType) {
    this.batch = batch;
  }
}

/** The batch is not refused, or cannot be put right in this way. */
@ObjectType({ implements: () => [Refusal] })
export class BatchNotRepairable implements Refusal {
  readonly kind = 'BatchNotRepairable';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export type RepairBatchOutcome =
  BatchProposedAgain | BatchNotRepairable | NotFound | InputRefused | RequestIdReused;

export const RepairBatchResult = resultUnion('RepairBatchResult', () => [
  BatchProposedAgain,
  BatchNotRepairable,
  NotFound,
  InputRefused,
  RequestIdReused,
]);
