import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import {
  Instant,
  MinorUnits,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../../platform/graphql/index.js';
import { Sequenced } from '../../booking.types.js';
import { FamilyUnknown, SlotTaken, WindowInPast, WindowInvalid } from '../../hold-slot/hold-slot.types.js';
import { PriceAboveMax } from '../../terms/terms.types.js';
import { SeriesInput, SeriesInvalidType, SeriesOccurrence, SeriesType } from '../series.types.js';

@InputType()
export class BookSeriesInput extends SeriesInput {
  @Field(() => [Instant], { nullable: true, description: 'Starts of occurrences that are not wanted.' })
  leaveOut?: Date[] | null;
  @Field(() => MinorUnits, { nullable: true, description: 'Refuse when all of it costs more than this.' })
  maxTotalMinor?: bigint | null;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

/** All of it is booked and charged. */
@ObjectType()
export class SeriesBooked extends Sequenced {
  readonly kind = 'SeriesBooked';
  @Field(() => SeriesType) series: SeriesType;
  @Field(() => MinorUnits, { description: 'What was charged for all of it.' }) totalMinor: bigint;

  constructor(series: SeriesType, totalMinor: bigint) {
    super();
    this.series = series;
    this.totalMinor = totalMinor;
  }
}

/** Nothing is booked, because some of it cannot be. */
@ObjectType({ implements: () => [Refusal] })
export class SeriesConflicts extends Sequenced implements Refusal {
  readonly kind = 'SeriesConflicts';
  @Field(() => String) message: string;
  @Field(() => [SeriesOccurrence], { description: 'Those that cannot be had.' })
  occurrences: readonly SeriesOccurrence[];

  constructor(occurrences: readonly SeriesOccurrence[], all: number) {
    super();
    this.occurrences = occurrences;
    this.message = `${String(occurrences.length)} of ${String(all)} occurrences cannot be had, so nothing was booked. Leave them out or choose another time.`;
  }
}

export type BookSeriesOutcome =
  | SeriesBooked
  | SeriesConflicts
  | SeriesInvalidType
  | WindowInvalid
  | WindowInPast
  | FamilyUnknown
  | PriceAboveMax
  | SlotTaken
  | NotFound
  | RequestIdReused;

const OUTCOMES = {
  SeriesBooked,
  SeriesConflicts,
  SeriesInvalid: SeriesInvalidType,
  WindowInvalid,
  WindowInPast,
  FamilyUnknown,
  PriceAboveMax,
  SlotTaken,
  NotFound,
  RequestIdReused,
} satisfies Record<BookSeriesOutcome['kind'], unknown>;

export const BookSeriesResult = resultUnion('BookSeriesResult', () => Object.values(OUTCOMES));
