import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { Role } from '../../platform/auth/index.js';
import { InputRefused, Instant, resultUnion } from '../../platform/graphql/index.js';
import { RoleEnum } from '../roles.types.js';

@InputType()
export class InviteMemberInput {
  @Field(() => ID) coopId!: string;
  @Field(() => String) email!: string;
  @Field(() => [RoleEnum]) roles!: Role[];
}

@ObjectType({ description: 'A link that is good for one acceptance is on its way to the address.' })
export class MemberInvited {
  readonly kind = 'MemberInvited';
  @Field(() => ID) invitationId: string;
  @Field(() => Instant) expiresAt: Date;

  constructor(invitationId: string, expiresAt: Date) {
    this.invitationId = invitationId;
    this.expiresAt = expiresAt;
  }
}

export const InviteMemberResult = resultUnion('InviteMemberResult', () => [MemberInvited, InputRefused]);
