import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** A refresh token as it is stored. */
export interface RefreshToken {
  readonly id: string;
  readonly sessionId: string;
  readonly rotatedAt: Date | null;
}

const BY_HASH = `SELECT id, session_id AS "sessionId", rotated_at AS "rotatedAt" FROM refresh_token WHERE token_hash = $1`;
const ADD = `INSERT INTO refresh_token (session_id, token_hash, issued_at) VALUES ($1, $2, $3)`;
const FORGET = `DELETE FROM refresh_token USING session
  WHERE session.id = session_id AND session.expires_at < app_now() - interval '1 day' RETURNING 1 AS gone`;
const ROTATE = `UPDATE refresh_token SET rotated_at = $2 WHERE id = $1`;

/** Every query on table refresh_token. Whoever writes here has locked the session. */
@Injectable()
export class RefreshTokensRepository {
  async byHash(q: Queryable, tokenHash: Buffer): Promise<RefreshToken | null> {
    const [row] = await q.query<RefreshToken>(BY_HASH, [tokenHash]);
    return row ?? null;
  }

  async add(tx: Transaction, sessionId: string, tokenHash: Buffer, issuedAt: Date): Promise<void> {
    await tx.query(ADD, [sessionId, tokenHash, issuedAt]);
  }

  async rotate(tx: Transaction, id: string, rotatedAt: Date): Promise<void> {
    await tx.query(ROTATE, [id, rotatedAt]);
  }

  /** Forgets the tokens of sessions that expired over a day ago; returns how many. */
  async forget(q: Queryable): Promise<number> {
    return (await q.query(FORGET)).length;
  }
}
