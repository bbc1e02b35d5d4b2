import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { Role } from '../../platform/auth/index.js';
import { InputRefused, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { LastAdmin } from '../last-admin.js';
import { RoleEnum } from '../roles.types.js';

@InputType()
export class SetMemberRolesInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) accountId!: string;
  @Field(() => [RoleEnum]) roles!: Role[];
}

@ObjectType({ description: 'The roles count from the next request of the member on.' })
export class RolesSet {
  readonly kind = 'RolesSet';
  @Field(() => ID) accountId: string;
  @Field(() => [RoleEnum]) roles: Role[];

  constructor(accountId: string, roles: Role[]) {
    this.accountId = accountId;
    this.roles = roles;
  }
}

export const SetMemberRolesResult = resultUnion('SetMemberRolesResult', () => [
  RolesSet,
  NotFound,
  LastAdmin,
  InputRefused,
]);
