import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Instant } from '../../platform/graphql/index.js';
import { CalendarEntry } from '../show-calendar/show-calendar.types.js';

@ObjectType({
  description:
    'What stands on a station in a stretch now. Take out every entry of the station that touches the stretch, then put these in; applying it twice changes nothing.',
})
export class StationChange {
  @Field(() => ID) cellId!: string;
  @Field(() => ID) stationId!: string;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => [CalendarEntry]) bookings!: CalendarEntry[];
}
