import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Role } from '../../platform/auth/index.js';
import type { Account } from '../accounts.repository.js';
import { CoopType } from '../coop/coop.types.js';
import { AccountKindEnum, RoleEnum } from '../roles.types.js';

/** The signed-in person's place in one co-op. */
@ObjectType('Membership')
export class MembershipType {
  @Field(() => CoopType) coop!: CoopType;
  @Field(() => [RoleEnum]) roles!: Role[];
}

/** The signed-in account. */
@ObjectType()
export class Me {
  @Field(() => ID) accountId!: string;
  @Field(() => String) displayName!: string;
  @Field(() => String, { nullable: true }) email!: string | null;
  @Field(() => AccountKindEnum) kind!: 'person' | 'brand';
  /** Whether roles count in this session: they need a password. */
  withRoles!: boolean;
}

/** What of an account its own person may see; the rest stays behind. */
export function meOf({ id, displayName, email, kind }: Account, withRoles: boolean): Me {
  return { accountId: id, displayName, email, kind, withRoles };
}
