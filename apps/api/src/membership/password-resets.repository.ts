import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** A password reset as it is stored. */
export interface PasswordReset {
  readonly id: string;
  readonly accountId: string;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

const COLUMNS = `id, account_id AS "accountId", expires_at AS "expiresAt", used_at AS "usedAt"`;
const BY_TOKEN = `SELECT ${COLUMNS} FROM password_reset WHERE token_hash = $1`;
const BY_ID = `SELECT ${COLUMNS} FROM password_reset WHERE id = $1`;
const ADD = `INSERT INTO password_reset (id, account_id, token_hash, expires_at) VALUES ($1, $2, $3, $4)`;
const USE_ALL = `UPDATE password_reset SET used_at = app_now() WHERE account_id = $1 AND used_at IS NULL`;

/** Every query on table password_reset. Whoever uses one has locked the account. */
@Injectable()
export class PasswordResetsRepository {
  async byTokenHash(q: Queryable, tokenHash: Buffer): Promise<PasswordReset | null> {
    const [row] = await q.query<PasswordReset>(BY_TOKEN, [tokenHash]);
    return row ?? null;
  }

  async byId(q: Queryable, id: string): Promise<PasswordReset | null> {
    const [row] = await q.query<PasswordReset>(BY_ID, [id]);
    return row ?? null;
  }

  async add(
    tx: Transaction,
    reset: { id: string; accountId: string; tokenHash: Buffer; expiresAt: Date },
  ): Promise<void> {
    await tx.query(ADD, [reset.id, reset.accountId, reset.tokenHash, reset.expiresAt]);
  }

  /** One new password spends every open link of the account. */
  async useAll(tx: Transaction, accountId: string): Promise<void> {
    await tx.query(USE_ALL, [accountId]);
  }
}
