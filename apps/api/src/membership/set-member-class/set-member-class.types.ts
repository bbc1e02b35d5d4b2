import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class SetMemberClassInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) accountId!: string;
  @Field(() => String, { description: "The co-op's own word; everybody starts as standard." })
  memberClass!: string;
}

@ObjectType({ description: 'Quotas and prices follow the class from the next claim on.' })
export class MemberClassSet {
  readonly kind = 'MemberClassSet';
  @Field(() => ID) accountId: string;
  @Field(() => String) memberClass: string;

  constructor(accountId: string, memberClass: string) {
    this.accountId = accountId;
    this.memberClass = memberClass;
  }
}

export type SetMemberClassOutcome = MemberClassSet | NotFound | InputRefused;
export const SetMemberClassResult = resultUnion('SetMemberClassResult', () => [
  MemberClassSet,
  NotFound,
  InputRefused,
]);
