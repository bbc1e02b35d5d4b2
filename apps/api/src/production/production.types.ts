import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Remedy, UnitState } from '@touchmark/production';
import { Instant, Refusal, connectionType } from '../platform/graphql/index.js';

export type RunState = 'locked' | 'making' | 'finished';
export type QualityOutcome = 'passed' | 'failed';

export const RunStateEnum = {
  LOCKED: 'locked',
  MAKING: 'making',
  FINISHED: 'finished',
} as const satisfies Record<string, RunState>;
export const UnitStateEnum = {
  PLANNED: 'planned',
  PASSED: 'passed',
  FAILED: 'failed',
  HANDED_OVER: 'handed_over',
} as const satisfies Record<string, UnitState>;
export const QualityOutcomeEnum = { PASSED: 'passed', FAILED: 'failed' } as const satisfies Record<
  string,
  QualityOutcome
>;
export const RemedyEnum = { REMAKE: 'remake', REFUND: 'refund' } as const satisfies Record<string, Remedy>;

registerEnumType(RunStateEnum, {
  name: 'RunState',
  description: 'LOCKED is fixed at what was ordered; MAKING has begun; FINISHED has no unit left to inspect.',
});
registerEnumType(UnitStateEnum, {
  name: 'UnitState',
  description: 'PLANNED is to be made or inspected; PASSED has its serial; HANDED_OVER is with its buyer.',
});
registerEnumType(QualityOutcomeEnum, { name: 'QualityOutcome' });
registerEnumType(RemedyEnum, {
  name: 'Remedy',
  description: 'What is done about a failed unit: made again for the same order, or its price refunded.',
});

/** The production of what a drop had sold; edition, lots and units are resolved apart. */
@ObjectType('Run')
export class RunType {
  coopId!: string;
  editionId!: string;
  dropId!: string;
  @Field(() => ID) id!: string;
  @Field(() => Int, { description: 'How many pieces were ordered.' }) quantity!: number;
  @Field(() => RunStateEnum) state!: RunState;
  @Field(() => Instant) lockedAt!: Date;
  @Field(() => Instant, { nullable: true }) finishedAt!: Date | null;
}

@ObjectType('RunLot')
export class RunLotType {
  coopId!: string;
  runId!: string;
  @Field(() => ID) id!: string;
  @Field(() => Int, { description: '1 is the whole run; each remake is a lot of its own.' }) number!: number;
  @Field(() => Int) quantity!: number;
  @Field(() => Instant, {
    nullable: true,
    description: 'Null while the machines have no room for it within 60 days; it is tried again by itself.',
  })
  plannedAt!: Date | null;
}

@ObjectType('RunOperation')
export class RunOperationType {
  coopId!: string;
  lotId!: string;
  @Field(() => ID) id!: string;
  @Field(() => Int) position!: number;
  @Field(() => String) name!: string;
  @Field(() => String) cellKind!: string;
  @Field(() => Int) minutes!: number;
}

/** What an inspector found of a unit. */
@ObjectType('QualityRecord')
export class QualityRecordType {
  coopId!: string;
  unitId!: string;
  @Field(() => ID) id!: string;
  @Field(() => QualityOutcomeEnum) outcome!: QualityOutcome;
  @Field(() => RemedyEnum, { nullable: true }) remedy!: Remedy | null;
  @Field(() => String) note!: string;
  @Field(() => ID) inspectorId!: string;
  @Field(() => Instant) recordedAt!: Date;
}

/** One piece; its quality record is resolved apart. */
@ObjectType('Unit')
export class UnitType {
  coopId!: string;
  runId!: string;
  lotId!: string;
  editionId!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID) orderId!: string;
  @Field(() => Int, { nullable: true, description: 'Its number in the edition, from the moment it passed.' })
  serial!: number | null;
  @Field(() => UnitStateEnum) state!: UnitState;
  @Field(() => Int) lotNumber!: number;
}

/** A piece as its buyer sees it. */
@ObjectType('OrderUnit')
export class OrderUnitType {
  coopId!: string;
  orderId!: string;
  editionId!: string;
  @Field(() => ID) id!: string;
  @Field(() => UnitStateEnum) state!: UnitState;
  @Field(() => Int, { nullable: true }) serial!: number | null;
}

/** Something else must be done first. */
@ObjectType({ implements: () => [Refusal] })
export class NotReady implements Refusal {
  readonly kind = 'NotReady';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export const RunConnection = connectionType(RunType, 'Run');
export const UnitConnection = connectionType(UnitType, 'Unit');
