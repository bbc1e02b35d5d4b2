import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, resultUnion } from '../../platform/graphql/index.js';
import { TooManyAttempts } from '../sign-in/sign-in.types.js';

@InputType()
export class RequestSignInCodeInput {
  @Field(() => String) email!: string;
}

@ObjectType({
  description: 'A code of eight digits is on its way; it is good for ten minutes and five tries.',
})
export class SignInCodeSent {
  readonly kind = 'SignInCodeSent';
  @Field(() => String, { description: 'Binds the code to this browser: send it back with the code.' })
  challenge: string;
  /** The row of the code, for the code that has no GraphQL in front of it. */
  readonly codeId: string;

  constructor(codeId: string, challenge: string) {
    this.codeId = codeId;
    this.challenge = challenge;
  }
}

export const RequestSignInCodeResult = resultUnion('RequestSignInCodeResult', () => [
  SignInCodeSent,
  TooManyAttempts,
  InputRefused,
]);
