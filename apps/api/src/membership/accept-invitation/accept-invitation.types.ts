import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, resultUnion } from '../../platform/graphql/index.js';
import { TokenRefused } from '../token-refused.js';

@InputType()
export class AcceptInvitationInput {
  @Field(() => String, { description: 'From the link in the mail.' }) token!: string;
  @Field(() => String, { description: 'Kept as it is when the address has an account already.' })
  displayName!: string;
  @Field(() => String, { description: 'A new password, or the present one of an account that has one.' })
  password!: string;
}

@ObjectType()
export class InvitationAccepted {
  readonly kind = 'InvitationAccepted';
  @Field(() => ID) coopId: string;
  @Field(() => ID) accountId: string;

  constructor(coopId: string, accountId: string) {
    this.coopId = coopId;
    this.accountId = accountId;
  }
}

export const AcceptInvitationResult = resultUnion('AcceptInvitationResult', () => [
  InvitationAccepted,
  TokenRefused,
  InputRefused,
]);
