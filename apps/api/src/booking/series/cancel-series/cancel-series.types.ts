import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  MinorUnits,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../../platform/graphql/index.js';
import { Sequenced } from '../../booking.types.js';
import { SeriesType } from '../series.types.js';

@InputType()
export class CancelSeriesInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) seriesId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

/** All that was still to come is cancelled. */
@ObjectType()
export class SeriesCancelled extends Sequenced {
  readonly kind = 'SeriesCancelled';
  @Field(() => SeriesType) series: SeriesType;
  @Field(() => Int, { description: 'How many bookings of the series are cancelled.' }) cancelled: number;
  @Field(() => MinorUnits, {
    description:
      'What the member still owes for them: by the notice given, nothing where a station is out of service.',
  })
  feeMinor: bigint;

  constructor(series: SeriesType, cancelled: number, feeMinor: bigint) {
    super();
    this.series = series;
    this.cancelled = cancelled;
    this.feeMinor = feeMinor;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class NothingToCancel extends Sequenced implements Refusal {
  readonly kind = 'NothingToCancel';
  @Field(() => String) message = 'Nothing of the series is still to come. Look at its bookings.';
}

export type CancelSeriesOutcome = SeriesCancelled | NothingToCancel | NotFound | RequestIdReused;

const OUTCOMES = {
  SeriesCancelled,
  NothingToCancel,
  NotFound,
  RequestIdReused,
} satisfies Record<CancelSeriesOutcome['kind'], unknown>;

export const CancelSeriesResult = resultUnion('CancelSeriesResult', () => Object.values(OUTCOMES));
