import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, resultUnion } from '../../platform/graphql/index.js';
import { InductionRequirementType } from '../induction.types.js';

@InputType()
export class SetInductionRequirementInput {
  @Field(() => ID) coopId!: string;
  @Field(() => String) cellKind!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Told to members without one, at most 240 characters; null when none is required any more.',
  })
  howToGet?: string | null;
}

@ObjectType()
export class InductionRequirementSet {
  readonly kind = 'InductionRequirementSet';
  @Field(() => String) cellKind: string;
  @Field(() => InductionRequirementType, { nullable: true, description: 'Null when none is required.' })
  requirement: InductionRequirementType | null;

  constructor(cellKind: string, requirement: InductionRequirementType | null) {
    this.cellKind = cellKind;
    this.requirement = requirement;
  }
}

export const SetInductionRequirementResult = resultUnion('SetInductionRequirementResult', () => [
  InductionRequirementSet,
  InputRefused,
]);
export type SetInductionRequirementOutcome = InductionRequirementSet | InputRefused;
