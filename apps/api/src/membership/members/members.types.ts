import { ArgsType, Field, ID, ObjectType } from '@nestjs/graphql';
import type { Role } from '../../platform/auth/index.js';
import { Instant, PageArgs, connectionType } from '../../platform/graphql/index.js';
import { RoleEnum } from '../roles.types.js';

@ArgsType()
export class MembersArgs extends PageArgs {
  @Field(() => ID) coopId!: string;
}

/** A member of a co-op as its other members may see them. */
@ObjectType('Member')
export class MemberType {
  @Field(() => ID) accountId!: string;
  @Field(() => String) displayName!: string;
  @Field(() => String, { nullable: true, description: 'For admins of the co-op only.' }) email!:
    string | null;
  @Field(() => [RoleEnum]) roles!: Role[];
  @Field(() => String, { description: 'Which quotas and prices apply.' }) memberClass!: string;
  @Field(() => Instant) joinedAt!: Date;
}

export const MemberConnection = connectionType(MemberType, 'Member');
