import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class RemoveClosureInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) closureId!: string;
}

@ObjectType()
export class ClosureRemoved {
  readonly kind = 'ClosureRemoved';
  @Field(() => ID) closureId: string;

  constructor(closureId: string) {
    this.closureId = closureId;
  }
}

export const RemoveClosureResult = resultUnion('RemoveClosureResult', () => [
  ClosureRemoved,
  NotFound,
  InputRefused,
]);
export type RemoveClosureOutcome = ClosureRemoved | NotFound | InputRefused;
