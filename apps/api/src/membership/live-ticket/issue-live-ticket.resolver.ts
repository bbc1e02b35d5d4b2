import { Inject } from '@nestjs/common';
import { Context, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import type { GraphqlContext } from '../../platform/graphql/index.js';
import { IssueLiveTicket } from './issue-live-ticket.js';
import { LiveTicketResult } from './issue-live-ticket.types.js';

@Resolver()
export class IssueLiveTicketResolver {
  constructor(@Inject(IssueLiveTicket) private readonly tickets: IssueLiveTicket) {}

  @Access({ person: true })
  @Mutation(() => LiveTicketResult, {
    description: 'A way into one live connection, good for half a minute.',
  })
  async liveTicket(@Context() { req }: GraphqlContext): Promise<typeof LiveTicketResult> {
    return this.tickets.run(req.headers.authorization ?? '');
  }
}
