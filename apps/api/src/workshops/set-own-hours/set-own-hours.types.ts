import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { CellType, OpeningHoursInput } from '../workshop.types.js';

@InputType()
export class SetOwnHoursInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => ID, { nullable: true, description: 'For one station only; without it, for the whole cell.' })
  stationId?: string | null;
  @Field(() => [OpeningHoursInput], {
    description:
      "In the place of the workshop's; none gives a station the hours of its cell again, and a cell those of its workshop.",
  })
  openingHours!: OpeningHoursInput[];
}

@ObjectType()
export class OwnHoursSet {
  readonly kind = 'OwnHoursSet';
  @Field(() => CellType) cell: CellType;

  constructor(cell: CellType) {
    this.cell = cell;
  }
}

export const SetOwnHoursResult = resultUnion('SetOwnHoursResult', () => [
  OwnHoursSet,
  NotFound,
  InputRefused,
]);
export type SetOwnHoursOutcome = OwnHoursSet | NotFound | InputRefused;
