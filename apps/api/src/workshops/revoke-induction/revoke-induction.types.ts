import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';
import { InductionType } from '../induction.types.js';

@InputType()
export class RevokeInductionInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) inductionId!: string;
}

@ObjectType()
export class InductionRevoked {
  readonly kind = 'InductionRevoked';
  @Field(() => InductionType) induction: InductionType;

  constructor(induction: InductionType) {
    this.induction = induction;
  }
}

export const RevokeInductionResult = resultUnion('RevokeInductionResult', () => [InductionRevoked, NotFound]);
export type RevokeInductionOutcome = InductionRevoked | NotFound;
