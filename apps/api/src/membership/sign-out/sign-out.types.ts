import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'The access token is refused from now on.' })
export class SignedOut {
  readonly kind = 'SignedOut';
  @Field(() => Int, { description: 'How many sessions were ended.' }) endedSessions: number;

  constructor(endedSessions: number) {
    this.endedSessions = endedSessions;
  }
}
