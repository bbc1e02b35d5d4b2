import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, resultUnion } from '../../platform/graphql/index.js';
import { TokenRefused } from '../token-refused.js';

@InputType()
export class ResetPasswordInput {
  @Field(() => String, { description: 'From the link in the mail.' }) token!: string;
  @Field(() => String) newPassword!: string;
}

@ObjectType()
export class PasswordReset {
  readonly kind = 'PasswordReset';
  @Field(() => String) message =
    'The new password counts from now on, and every session has ended. Sign in again.';
}

export const ResetPasswordResult = resultUnion('ResetPasswordResult', () => [
  PasswordReset,
  TokenRefused,
  InputRefused,
]);
