import { Field, ObjectType } from '@nestjs/graphql';
import { Instant, resultUnion } from '../../platform/graphql/index.js';
import { TooManyAttempts } from '../sign-in/sign-in.types.js';

@ObjectType({
  description: 'Send ticket in connection_init as { "ticket": ... }; it opens one connection, once.',
})
export class LiveTicketIssued {
  readonly kind = 'LiveTicketIssued';
  @Field(() => String) ticket: string;
  @Field(() => Instant) expiresAt: Date;

  constructor(ticket: string, expiresAt: Date) {
    this.ticket = ticket;
    this.expiresAt = expiresAt;
  }
}

export const LiveTicketResult = resultUnion('LiveTicketResult', () => [LiveTicketIssued, TooManyAttempts]);
