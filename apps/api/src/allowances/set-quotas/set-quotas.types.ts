import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { QuotaPeriod } from '../allowances.types.js';

@InputType()
export class QuotaInput {
  @Field(() => String) memberClass!: string;
  @Field(() => String, { nullable: true, description: 'Left out: all kinds of cells together.' })
  cellKind?: string | null;
  @Field(() => QuotaPeriod) period!: QuotaPeriod;
  @Field(() => Int, { description: '0 lets nobody of the class claim this kind.' }) minutes!: number;
}

@InputType()
export class SetQuotasInput {
  @Field(() => ID) coopId!: string;
  @Field(() => [QuotaInput], { description: 'All rules of the co-op, at most 100; none ends all quotas.' })
  quotas!: QuotaInput[];
}

@ObjectType({
  description: 'They bind what is claimed from now on; what is claimed already stays and counts.',
})
export class QuotasSet {
  readonly kind = 'QuotasSet';
  @Field(() => Int) rules: number;

  constructor(rules: number) {
    this.rules = rules;
  }
}

export type SetQuotasOutcome = QuotasSet | NotFound | InputRefused;
export const SetQuotasResult = resultUnion('SetQuotasResult', () => [QuotasSet, NotFound, InputRefused]);
