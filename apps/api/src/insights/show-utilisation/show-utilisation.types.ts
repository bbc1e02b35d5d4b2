import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CellType } from '../../workshops/index.js';

/** One day of the week, hour by hour of wall time. */
@ObjectType()
export class UtilisationDay {
  @Field(() => Int, { description: 'Monday is 1, Sunday 7.' }) weekday!: number;
  @Field(() => [Int], { description: 'Of all stations, by hour from 00:00; 24 numbers.' })
  bookedMinutes!: number[];
  @Field(() => [Int], { description: 'Of all stations, by hour from 00:00; 24 numbers.' })
  openMinutes!: number[];
}

@ObjectType()
export class CellUtilisation {
  @Field(() => CellType) cell!: CellType;
  @Field(() => Int) bookedMinutes!: number;
  @Field(() => Int) openMinutes!: number;
  @Field(() => [UtilisationDay], { description: 'Seven, Monday first; they sum to the minutes of the cell.' })
  days!: UtilisationDay[];
}
