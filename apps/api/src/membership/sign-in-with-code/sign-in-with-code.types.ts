import { Field, InputType } from '@nestjs/graphql';

@InputType()
export class SignInWithCodeInput {
  @Field(() => String) email!: string;
  @Field(() => String, { description: 'The eight digits from the mail; spaces do not matter.' })
  code!: string;
  @Field(() => String, { description: 'From SignInCodeSent, kept by the browser that asked.' })
  challenge!: string;
}
