import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Instant, connectionType } from '../../platform/graphql/index.js';

export const BookingEventKind = {
  HELD: 'held',
  EXTENDED: 'extended',
  CONFIRMED: 'confirmed',
  RELEASED: 'released',
  LAPSED: 'lapsed',
  CANCELLED: 'cancelled',
  MOVED: 'moved',
  NO_SHOW: 'no_show',
  CHECKED_IN: 'checked_in',
  CHECKED_OUT: 'checked_out',
  CHANGEOVER_CHANGED: 'changeover_changed',
} as const;
registerEnumType(BookingEventKind, { name: 'BookingEventKind' });

/** Who did it, without a name: a history is shown to members too. */
export const BookingActor = { MEMBER: 'member', WORKSHOP: 'workshop', PRODUCT: 'product' } as const;
registerEnumType(BookingActor, {
  name: 'BookingActor',
  valuesMap: {
    MEMBER: { description: 'Whose booking it is.' },
    WORKSHOP: { description: 'Who runs the workshop.' },
    PRODUCT: { description: 'Time, or a change beside it.' },
  },
});

/** One thing that happened to a booking. */
@ObjectType('BookingEvent')
export class BookingEventType {
  coopId!: string;
  bookingId!: string;
  @Field(() => String, { description: 'Its place in the order of all that happened in the co-op.' })
  sequence!: string;
  @Field(() => BookingEventKind) kind!: (typeof BookingEventKind)[keyof typeof BookingEventKind];
  @Field(() => BookingActor) by!: (typeof BookingActor)[keyof typeof BookingActor];
  @Field(() => Instant) at!: Date;
}

export const BookingEventConnection = connectionType(BookingEventType, 'BookingEvent');
