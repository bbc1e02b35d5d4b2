import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { ClosureType } from '../workshop.types.js';

@InputType()
export class AddHolidaysInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) workshopId!: string;
  @Field(() => ID, { nullable: true, description: 'Closes one cell only.' }) cellId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Closes one station only.' }) stationId?: string | null;
  @Field(() => [String], {
    description:
      "Days such as 2026-12-25, each closed from midnight to midnight by the workshop's clocks; 1 to 100.",
  })
  dates!: string[];
  @Field(() => String) reason!: string;
}

@ObjectType()
export class HolidaysAdded {
  readonly kind = 'HolidaysAdded';
  @Field(() => [ClosureType], { description: 'One for each date, in the order of the dates.' })
  closures: ClosureType[];

  constructor(closures: ClosureType[]) {
    this.closures = closures;
  }
}

export const AddHolidaysResult = resultUnion('AddHolidaysResult', () => [
  HolidaysAdded,
  NotFound,
  InputRefused,
]);
export type AddHolidaysOutcome = HolidaysAdded | NotFound | InputRefused;
