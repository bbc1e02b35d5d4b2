import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { StationChange } from '../../booking/index.js';

export const CalendarChangeKind = {
  SNAPSHOT_NEEDED: 'snapshot_needed',
  CHANGED: 'changed',
} as const;
export type CalendarChangeKind = (typeof CalendarChangeKind)[keyof typeof CalendarChangeKind];
registerEnumType(CalendarChangeKind, {
  name: 'CalendarChangeKind',
  valuesMap: {
    SNAPSHOT_NEEDED: { description: 'Load the calendar anew; all later changes of it will come here.' },
    CHANGED: { description: 'Put the changed stations in.' },
  },
});

@ObjectType()
export class CalendarChange {
  @Field(() => CalendarChangeKind) kind!: CalendarChangeKind;
  @Field(() => [StationChange]) stations!: StationChange[];
}
