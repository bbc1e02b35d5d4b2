import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '../platform/auth/index.js';
import { Database, type Queryable, type Transaction } from '../platform/database/index.js';

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

const STATE = `SELECT account_id AS "accountId", method, app_now() AS now,
    revoked_at IS NULL AND expires_at > app_now() AS live,
    coalesce((SELECT json_object_agg(coop_id, roles) FROM membership
      WHERE membership.account_id = session.account_id AND removed_at IS NULL), '{}') AS roles
  FROM session WHERE id = $1`;
const LOCK = `SELECT id, account_id AS "accountId", expires_at AS "expiresAt", revoked_at AS "revokedAt"
  FROM session WHERE id = $1 FOR NO KEY UPDATE`;
const ADD = `INSERT INTO session (id, account_id, method, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`;
const REVOKE = `UPDATE session SET revoked_at = app_now() WHERE id = $1 AND revoked_at IS NULL RETURNING 1 AS ended`;
const REVOKE_ALL = `UPDATE session SET revoked_at = app_now() WHERE account_id = $1 AND revoked_at IS NULL
  RETURNING 1 AS ended`;

/** Every query on table session. */
@Injectable()
export class SessionsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The state of a session and the roles of its person: the one statement that each signed-in request costs. */
  async state(sessionId: string): Promise<SessionState | null> {
    const { rows } = await this.database.pool.query<SessionState>({
      name: 'session_state',
      text: STATE,
      values: [sessionId],
    });
    return rows[0] ?? null;
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
