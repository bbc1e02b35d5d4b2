import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, Instant, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { ClosureKind, ClosureType } from '../workshop.types.js';

@InputType()
export class AddClosureInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) workshopId!: string;
  @Field(() => ID, { nullable: true, description: 'Closes one cell only.' }) cellId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Closes one station only.' }) stationId?: string | null;
  @Field(() => ClosureKind, { defaultValue: ClosureKind.CLOSURE }) kind?: ClosureKind;
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant) toAt!: Date;
  @Field(() => String) reason!: string;
}

@ObjectType()
export class ClosureAdded {
  readonly kind = 'ClosureAdded';
  @Field(() => ClosureType) closure: ClosureType;

  constructor(closure: ClosureType) {
    this.closure = closure;
  }
}

export const AddClosureResult = resultUnion('AddClosureResult', () => [ClosureAdded, NotFound, InputRefused]);
export type AddClosureOutcome = ClosureAdded | NotFound | InputRefused;
