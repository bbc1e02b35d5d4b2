import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, MinorUnits, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { CellType } from '../workshop.types.js';

@InputType()
export class CreateCellInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) workshopId!: string;
  @Field(() => String, { description: 'Lower case letters, digits and dashes, such as print or cut.' })
  kind!: string;
  @Field(() => String) name!: string;
  @Field(() => Int, { description: 'How many identical stations, 1 to 100.' }) stations!: number;
  @Field(() => Int, { description: 'Bookings start and end on it; divides the day, 5 to 240.' })
  gridMinutes!: number;
  @Field(() => Int, { description: 'The longest booking, a multiple of the grid, at most a day.' })
  maxMinutes!: number;
  @Field(() => MinorUnits) hourlyRateMinor!: bigint;
}

@ObjectType()
export class CellCreated {
  readonly kind = 'CellCreated';
  @Field(() => CellType) cell: CellType;

  constructor(cell: CellType) {
    this.cell = cell;
  }
}

export const CreateCellResult = resultUnion('CreateCellResult', () => [CellCreated, NotFound, InputRefused]);
export type CreateCellOutcome = CellCreated | NotFound | InputRefused;
