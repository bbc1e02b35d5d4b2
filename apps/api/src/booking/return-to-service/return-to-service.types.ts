import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { StationType } from '../../workshops/index.js';
import { Sequenced } from '../booking.types.js';

@InputType()
export class ReturnToServiceInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID, { description: 'The closure that takeOutOfService has made.' }) closureId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class StationReturned extends Sequenced {
  readonly kind = 'StationReturned';
  @Field(() => StationType) station: StationType;

  constructor(station: StationType, sequence: string | null) {
    super();
    this.station = station;
    this.sequence = sequence;
  }
}

export const ReturnToServiceResult = resultUnion('ReturnToServiceResult', () => [
  StationReturned,
  NotFound,
  RequestIdReused,
]);
export type ReturnToServiceOutcome = StationReturned | NotFound | RequestIdReused;
