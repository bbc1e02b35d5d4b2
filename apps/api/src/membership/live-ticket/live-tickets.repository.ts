import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/index.js';
import type { AccessClaims } from '../credentials/index.js';

const LIFE_SECONDS = 30;

const ADD = `INSERT INTO live_ticket (ticket_hash, account_id, session_id, access_expires_at, expires_at)
  VALUES ($1, $2, $3, $4, app_now() + interval '${String(LIFE_SECONDS)} seconds') RETURNING expires_at AS "expiresAt"`;
const USE = `DELETE FROM live_ticket WHERE ticket_hash = $1 AND expires_at > app_now()
  RETURNING account_id AS "accountId", session_id AS "sessionId", access_expires_at AS "expiresAt"`;
const FORGET = `DELETE FROM live_ticket WHERE expires_at <= app_now() RETURNING 1 AS gone`;

/** Every query on table live_ticket. */
@Injectable()
export class LiveTicketsRepository {
  /** Keeps a ticket that stands for these claims; returns until when. */
  async add(q: Queryable, ticketHash: Buffer, claims: AccessClaims): Promise<Date> {
    const values = [ticketHash, claims.accountId, claims.sessionId, claims.expiresAt];
    const [row] = await q.query<{ expiresAt: Date }>(ADD, values);
    if (row === undefined) throw new Error('a ticket was not kept');
    return row.expiresAt;
  }

  /** What a ticket stands for, once: it is gone afterwards, whoever asks. */
  async use(q: Queryable, ticketHash: Buffer): Promise<AccessClaims | null> {
    const [row] = await q.query<AccessClaims>(USE, [ticketHash]);
    return row ?? null;
  }

  /** Forgets tickets that nobody used; returns how many. */
  async forget(q: Queryable): Promise<number> {
    return (await q.query(FORGET)).length;
  }
}
