import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Instant, MinorUnits } from '../platform/graphql/index.js';

@ObjectType('OpeningHours')
export class OpeningHoursType {
  @Field(() => Int, { description: 'Monday is 1, Sunday 7.' }) weekday!: number;
  @Field(() => Int, { description: 'Minutes since midnight, wall time.' }) fromMinute!: number;
  @Field(() => Int, { description: 'Excluded; 1440 is the end of the day.' }) toMinute!: number;
}

@ObjectType('OwnHours', {
  description: "Weekly hours of a cell or of one station in the place of the workshop's.",
})
export class OwnHoursType extends OpeningHoursType {
  @Field(() => ID, { nullable: true, description: 'Null for the hours of the whole cell.' })
  stationId!: string | null;
}

@InputType()
export class OpeningHoursInput {
  @Field(() => Int, { description: 'Monday is 1, Sunday 7.' }) weekday!: number;
  @Field(() => Int) fromMinute!: number;
  @Field(() => Int) toMinute!: number;
}

/** Why a place is closed; only a station is out of service, and its bookings are moved. */
export const ClosureKind = {
  CLOSURE: 'closure',
  HOLIDAY: 'holiday',
  MAINTENANCE: 'maintenance',
  OUT_OF_SERVICE: 'out_of_service',
} as const;
export type ClosureKind = (typeof ClosureKind)[keyof typeof ClosureKind];
registerEnumType(ClosureKind, { name: 'ClosureKind' });

@ObjectType('Closure')
export class ClosureType {
  @Field(() => ID) id!: string;
  @Field(() => ClosureKind) kind!: ClosureKind;
  @Field(() => ID, { nullable: true, description: 'Null when the whole workshop is closed.' })
  cellId!: string | null;
  @Field(() => ID, { nullable: true, description: 'Null when all stations are closed.' })
  stationId!: string | null;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant) toAt!: Date;
  @Field(() => String, { description: 'For members of the co-op; empty for everybody else.' })
  reason!: string;
}

@ObjectType('Station')
export class StationType {
  @Field(() => ID) id!: string;
  @Field(() => Int) number!: number;
}

/** A cell; its stations are resolved apart, in one query for all cells of a request. */
@ObjectType('Cell')
export class CellType {
  coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID) workshopId!: string;
  @Field(() => String) kind!: string;
  @Field(() => String) name!: string;
  @Field(() => Int) gridMinutes!: number;
  @Field(() => Int) maxMinutes!: number;
  @Field(() => MinorUnits) hourlyRateMinor!: bigint;
}

/** A workshop; hours, closures and cells are resolved apart. */
@ObjectType('Workshop')
export class WorkshopType {
  coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => String) address!: string;
  @Field(() => String, { description: 'An IANA time zone, such as Europe/Berlin.' }) timeZone!: string;
}
