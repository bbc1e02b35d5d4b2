import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { MinorUnits, NotFound, resultUnion } from '../../../platform/graphql/index.js';
import { FamilyUnknown, WindowInPast, WindowInvalid } from '../../hold-slot/hold-slot.types.js';
import { SeriesInput, SeriesInvalidType, SeriesOccurrence } from '../series.types.js';

@InputType()
export class PlanSeriesInput extends SeriesInput {}

/** What a series would be if it were booked now; nothing is taken. */
@ObjectType()
export class SeriesPlanned {
  readonly kind = 'SeriesPlanned';
  @Field(() => String, { description: 'The rule as it would be written down.' }) rule!: string;
  @Field(() => [SeriesOccurrence]) occurrences!: SeriesOccurrence[];
  @Field(() => Int, { description: 'How many can be had.' }) free!: number;
  @Field(() => Int, { description: 'How many cannot.' }) conflicts!: number;
  @Field(() => MinorUnits, { description: 'The price of those that can be had.' }) totalMinor!: bigint;
  @Field(() => String) currency!: string;

  constructor(planned: Omit<SeriesPlanned, 'kind'>) {
    Object.assign(this, planned);
  }
}

export type PlanSeriesOutcome =
  SeriesPlanned | SeriesInvalidType | WindowInvalid | WindowInPast | FamilyUnknown | NotFound;

const OUTCOMES = {
  SeriesPlanned,
  SeriesInvalid: SeriesInvalidType,
  WindowInvalid,
  WindowInPast,
  FamilyUnknown,
  NotFound,
} satisfies Record<PlanSeriesOutcome['kind'], unknown>;

export const PlanSeriesResult = resultUnion('PlanSeriesResult', () => Object.values(OUTCOMES));
