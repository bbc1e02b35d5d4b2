import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, resultUnion } from '../../platform/graphql/index.js';
import { OpeningHoursInput, WorkshopType } from '../workshop.types.js';

@InputType()
export class CreateWorkshopInput {
  @Field(() => ID) coopId!: string;
  @Field(() => String) name!: string;
  @Field(() => String) address!: string;
  @Field(() => String, { description: 'An IANA time zone, such as Europe/Berlin.' }) timeZone!: string;
  @Field(() => [OpeningHoursInput]) openingHours!: OpeningHoursInput[];
}

@ObjectType()
export class WorkshopCreated {
  readonly kind = 'WorkshopCreated';
  @Field(() => WorkshopType) workshop: WorkshopType;

  constructor(workshop: WorkshopType) {
    this.workshop = workshop;
  }
}

export const CreateWorkshopResult = resultUnion('CreateWorkshopResult', () => [
  WorkshopCreated,
  InputRefused,
]);
export type CreateWorkshopOutcome = WorkshopCreated | InputRefused;
