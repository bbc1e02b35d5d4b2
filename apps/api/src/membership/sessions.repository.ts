import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '../platform/auth/index.js';
import { Database, SharedReads, type Queryable, type Transaction } from '../platform/database/index.js';

export type SessionMethod = 'password' | 'code';

/** What one request needs to know about the session it is made in. */
export interface SessionState {
  readonly accountId: string;
  readonly method: SessionMethod;
  readonly live: boolean;
  readonly now: Date;
  readonly roles: Readonly<Record<string, Role[]>>;
}

/** A session under lock. */
export interface LockedSession {
  readonly id: string;
  readonly accountId: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

// The ids come by a subquery so that the plan does not depend on how many they are: it is made once per connection.
const STATES = `WITH clock AS MATERIALIZED (SELECT app_now() AS now)
  SELECT session.id, account_id AS "accountId", method, clock.now,
    revoked_at IS NULL AND expires_at > clock.now AS live,
    coalesce((SELECT json_object_agg(coop_id, roles) FROM membership
      WHERE membership.account_id = session.account_id AND removed_at IS NULL), '{}') AS roles
  FROM clock, session WHERE session.id = ANY(ARRAY(SELECT unnest($1::uuid[])))`;
const LOCK = `SELECT id, account_id AS "accountId", expires_at AS "expiresAt", revoked_at AS "revokedAt"
  FROM session WHERE id = $1 FOR NO KEY UPDATE`;
const ADD = `INSERT INTO session (id, account_id, method, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`;
const REVOKE = `UPDATE session SET revoked_at = app_now() WHERE id = $1 AND revoked_at IS NULL RETURNING 1 AS ended`;
const REVOKE_ALL = `UPDATE session SET revoked_at = app_now() WHERE account_id = $1 AND revoked_at IS NULL
  RETURNING 1 AS ended`;

/** Every query on table session. */
@Injectable()
export class SessionsRepository {
  /** The requests of one moment share a statement, which begins after all of them have asked. */
  private readonly shared = new SharedReads<SessionState>(async (sessionIds) => {
    const { rows } = await this.database.pool.query<SessionState & { id: string }>({
      name: 'session_states',
      text: STATES,
      values: [sessionIds],
    });
    return new Map(rows.map((row) => [row.id, row]));
  });

  constructor(@Inject(Database) private readonly database: Database) {}

  /** The state of a session and the roles of its person, as they are now: what each signed-in request asks. */
  async state(sessionId: string): Promise<SessionState | null> {
    return (await this.shared.ask(sessionId)) ?? null;
  }

  /** The same for many sessions at once, by id. */
  async states(q: Queryable, sessionIds: readonly string[]): Promise<Map<string, SessionState>> {
    const rows = await q.query<SessionState & { id: string }>(STATES, [sessionIds]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  async lock(tx: Transaction, sessionId: string): Promise<LockedSession | null> {
    const [row] = await tx.query<LockedSession>(LOCK, [sessionId]);
    return row ?? null;
  }

  async add(
    tx: Transaction,
    session: { id: string; accountId: string; method: SessionMethod; createdAt: Date; expiresAt: Date },
  ): Promise<void> {
    await tx.query(ADD, [
      session.id,
      session.accountId,
      session.method,
      session.createdAt,
      session.expiresAt,
    ]);
  }

  async revoke(q: Queryable, sessionId: string): Promise<number> {
    return (await q.query(REVOKE, [sessionId])).length;
  }

  /** Ends every session of an account; returns how many. */
  async revokeAll(q: Queryable, accountId: string): Promise<number> {
    return (await q.query(REVOKE_ALL, [accountId])).length;
  }
}
