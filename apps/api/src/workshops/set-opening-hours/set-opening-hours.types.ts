import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { OpeningHoursInput, WorkshopType } from '../workshop.types.js';

@InputType()
export class SetOpeningHoursInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) workshopId!: string;
  @Field(() => [OpeningHoursInput]) openingHours!: OpeningHoursInput[];
}

@ObjectType()
export class OpeningHoursSet {
  readonly kind = 'OpeningHoursSet';
  @Field(() => WorkshopType) workshop: WorkshopType;

  constructor(workshop: WorkshopType) {
    this.workshop = workshop;
  }
}

export const SetOpeningHoursResult = resultUnion('SetOpeningHoursResult', () => [
  OpeningHoursSet,
  NotFound,
  InputRefused,
]);
export type SetOpeningHoursOutcome = OpeningHoursSet | NotFound | InputRefused;
