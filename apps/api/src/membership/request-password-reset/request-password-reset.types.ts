import { Field, InputType, ObjectType } from '@nestjs/graphql';

@InputType()
export class RequestPasswordResetInput {
  @Field(() => String) email!: string;
}

@ObjectType()
export class PasswordResetRequested {
  readonly kind = 'PasswordResetRequested';
  @Field(() => String) message =
    'If this address has an account, a link is on its way to it. The link is good for one hour.';
}
