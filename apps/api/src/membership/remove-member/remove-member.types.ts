import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';
import { LastAdmin } from '../last-admin.js';

@InputType()
export class RemoveMemberInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) accountId!: string;
}

@ObjectType({ description: 'Their rights in this co-op end with their next request.' })
export class MemberRemoved {
  readonly kind = 'MemberRemoved';
  @Field(() => ID) accountId: string;

  constructor(accountId: string) {
    this.accountId = accountId;
  }
}

export const RemoveMemberResult = resultUnion('RemoveMemberResult', () => [
  MemberRemoved,
  NotFound,
  LastAdmin,
]);
