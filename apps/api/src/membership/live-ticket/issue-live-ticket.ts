import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { unauthenticated } from '../../platform/graphql/index.js';
import { AccessTokens, Attempts, hashOf, randomSecret } from '../credentials/index.js';
import { TooManyAttempts } from '../sign-in/sign-in.types.js';
import { LiveTicketIssued } from './issue-live-ticket.types.js';
import { LiveTicketsRepository } from './live-tickets.repository.js';

const LIMIT = { limit: 120, windowSeconds: 300 };

/** Makes a ticket for one live connection: a page cannot read the token that its server keeps, nor should it. */
@Injectable()
export class IssueLiveTicket {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccessTokens) private readonly accessTokens: AccessTokens,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(LiveTicketsRepository) private readonly tickets: LiveTicketsRepository,
  ) {}

  /** `authorization` is the header of the request, which has been let in. */
  async run(authorization: string): Promise<LiveTicketIssued | TooManyAttempts> {
    const claims = await this.accessTokens.read(authorization.replace(/^Bearer /, ''));
    if (claims === null) throw unauthenticated('A ticket is made from an access token. Sign in again.');
    const retryAfter = await this.attempts.take([{ key: `live-ticket:${claims.sessionId}`, ...LIMIT }]);
    if (retryAfter !== null) return new TooManyAttempts(retryAfter);
    const ticket = randomSecret();
    return new LiveTicketIssued(ticket, await this.tickets.add(this.database, hashOf(ticket), claims));
  }
}
