import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Instant, MinorUnits } from '../platform/graphql/index.js';

@ObjectType('OpeningHours')
export class OpeningHoursType {
  @Field(() => Int, { description: 'Monday is 1, Sunday 7.' }) weekday!: number;
  @Field(() => Int, { description: 'Minutes since midnight, wall time.' }) fromMinute!: number;
  @Field(() => Int, { description: 'Excluded; 1440 is the end of the day.' }) toMinute!: number;
}

@InputType()
export class OpeningHoursInput {
  @Field(() => Int, { description: 'Monday is 1, Sunday 7.' }) weekday!: number;
  @Field(() => Int) fromMinute!: number;
  @Field(() => Int) toMinute!: number;
}

@ObjectType('Closure')
export class ClosureType {
  @Field(() => ID) id!: string;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant) toAt!: Date;
  @Field(() => String) reason!: string;
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
