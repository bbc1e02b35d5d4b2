import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, Instant, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { AlreadyInducted, InductionType } from '../induction.types.js';

@InputType()
export class GiveInductionInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID, { description: 'The member.' }) accountId!: string;
  @Field(() => String) cellKind!: string;
  @Field(() => Instant, { nullable: true, description: 'From now on when left out.' })
  validFrom?: Date | null;
  @Field(() => Instant, { nullable: true, description: 'Excluded; for ever when left out.' })
  validUntil?: Date | null;
}

@ObjectType()
export class InductionGiven {
  readonly kind = 'InductionGiven';
  @Field(() => InductionType) induction: InductionType;

  constructor(induction: InductionType) {
    this.induction = induction;
  }
}

export const GiveInductionResult = resultUnion('GiveInductionResult', () => [
  InductionGiven,
  AlreadyInducted,
  NotFound,
  InputRefused,
]);
export type GiveInductionOutcome = InductionGiven | AlreadyInducted | NotFound | InputRefused;
