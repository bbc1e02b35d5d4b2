import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { Remedy } from '@touchmark/production';
import {
  InputRefused,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import {
  NotReady,
  QualityOutcomeEnum,
  RemedyEnum,
  UnitType,
  type QualityOutcome,
} from '../production.types.js';

@InputType()
export class RecordQualityInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) unitId!: string;
  @Field(() => QualityOutcomeEnum) outcome!: QualityOutcome;
  @Field(() => RemedyEnum, { nullable: true, description: 'Needed when the unit has failed.' })
  remedy?: Remedy | null;
  @Field(() => String, { defaultValue: '', description: 'What the inspector saw, at most 1000 characters.' })
  note!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class QualityRecorded {
  readonly kind = 'QualityRecorded';
  @Field(() => UnitType) unit: UnitType;

  constructor(unit: UnitType) {
    this.unit = unit;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class AlreadyInspected implements Refusal {
  readonly kind = 'AlreadyInspected';
  @Field(() => String) message =
    'This unit was inspected before, and a quality record never changes. Look at its record.';
}

export type RecordQualityOutcome =
  QualityRecorded | NotReady | AlreadyInspected | InputRefused | NotFound | RequestIdReused;

const OUTCOMES = {
  QualityRecorded,
  NotReady,
  AlreadyInspected,
  InputRefused,
  NotFound,
  RequestIdReused,
} satisfies Record<RecordQualityOutcome['kind'], unknown>;

export const RecordQualityResult = resultUnion('RecordQualityResult', () => Object.values(OUTCOMES));
