import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { type ChainState, ChainStateEnum } from '../../chain/index.js';
import { Instant, connectionType } from '../../platform/graphql/index.js';
import type { BatchState } from '../anchor-batches.repository.js';
import { AnchorStateEnum } from '../show-certificates/certificate.types.js';
import type { AnchoringStep } from './next-step.js';

export const AnchoringStepEnum = {
  OPEN_SALE: 'open_sale',
  BEING_OPENED: 'being_opened',
  LOOK_AT_OPENING: 'look_at_opening',
  REPAIR_BATCH: 'repair_batch',
  BEING_VOIDED: 'being_voided',
  ISSUE_ANEW: 'issue_anew',
  PUBLISHER_SIGNS: 'publisher_signs',
  BEING_ANCHORED: 'being_anchored',
  BECOMING_FINAL: 'becoming_final',
  MAKE_PIECES: 'make_pieces',
  BEING_CLOSED: 'being_closed',
  DONE: 'done',
} as const satisfies Record<string, AnchoringStep>;
registerEnumType(AnchoringStepEnum, {
  name: 'AnchoringStep',
  description:
    'What happens next; OPEN_SALE, LOOK_AT_OPENING, REPAIR_BATCH, ISSUE_ANEW and MAKE_PIECES wait for people.',
});

/** The newest batch of an edition. */
@ObjectType('NewestBatch')
export class NewestBatchType {
  @Field(() => ID) id!: string;
  @Field(() => Int) firstSerial!: number;
  @Field(() => Int) unitCount!: number;
  @Field(() => AnchorStateEnum) state!: BatchState;
  @Field(() => String, { nullable: true, description: 'Why the publisher would not sign.' })
  refusal!: string | null;
  @Field(() => Instant, { nullable: true, description: 'The time of its block.' }) anchoredAt!: Date | null;
  @Field(() => Instant, {
    nullable: true,
    description:
      'Until when the co-op may void it; its pieces can be claimed from then on. Null where there is no such time.',
  })
  objectionUntil!: Date | null;
}

/** An edition with how far it has come on chain. */
@ObjectType('EditionAnchoring')
export class EditionAnchoringType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'The title of its work.' }) title!: string;
  @Field(() => String) gtin!: string;
  @Field(() => Int) size!: number;
  @Field(() => Int, { description: 'For so many days after its anchoring a claim needs the co-signer.' })
  cosignDays!: number;
  @Field(() => ChainStateEnum, {
    nullable: true,
    description: 'The call that opens it; null until its sale is.',
  })
  opening!: ChainState | null;
  @Field(() => ChainStateEnum, { nullable: true, description: 'The call that closes it at what was made.' })
  closing!: ChainState | null;
  @Field(() => Int) sold!: number;
  @Field(() => Int, { description: 'Pieces that passed.' }) made!: number;
  @Field(() => Int, { description: 'Of them, those that stand in a block.' }) anchored!: number;
  @Field(() => Int, { description: 'Of those, the ones in a final block.' }) final!: number;
  @Field(() => Int, {
    description: 'For how long after its anchoring a batch may be voided and is not claimed.',
  })
  objectionSeconds!: number;
  @Field(() => NewestBatchType, { nullable: true }) newestBatch!: NewestBatchType | null;
  @Field(() => AnchoringStepEnum) nextStep!: AnchoringStep;
  @Field(() => String, { description: 'The next step in words.' }) nextStepWords!: string;
}

export const EditionAnchoringConnection = connectionType(EditionAnchoringType, 'EditionAnchoring');
