import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Instant } from '../../platform/graphql/index.js';
import { CellType, StationType } from '../../workshops/index.js';
import { BookingOrigin, BookingState } from '../booking.types.js';

@ObjectType('Window')
export class WindowType {
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
}

/** A claim as a colleague may see it: without who it is, unless it is one's own or one runs the workshop. */
@ObjectType()
export class CalendarEntry {
  @Field(() => ID, { nullable: true }) bookingId!: string | null;
  @Field(() => Boolean) mine!: boolean;
  @Field(() => BookingState) state!: BookingState;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant) toAt!: Date;
  @Field(() => Instant, {
    nullable: true,
    description: 'When the changeover before it begins; null when it needs none.',
  })
  changeoverFromAt!: Date | null;
  @Field(() => Int, { description: 'Open minutes of changeover; closing time in between does not count.' })
  changeoverMinutes!: number;
  @Field(() => String, { nullable: true, description: 'What the station is set up for.' })
  family!: string | null;
  @Field(() => BookingOrigin) origin!: BookingOrigin;
  @Field(() => String, { nullable: true }) label!: string | null;
  @Field(() => Instant, { nullable: true }) expiresAt!: Date | null;
}

/** One station's row in the calendar. */
@ObjectType()
export class StationDay {
  @Field(() => CellType) cell!: CellType;
  @Field(() => StationType) station!: StationType;
  @Field(() => [CalendarEntry]) bookings!: CalendarEntry[];
  @Field(() => [WindowType]) openWindows!: WindowType[];
}
