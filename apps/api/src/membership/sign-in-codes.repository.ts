import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** A sign-in code as it is stored. */
export interface SignInCode {
  readonly id: string;
  readonly email: string;
  readonly codeHash: Buffer;
  readonly tries: number;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

const COLUMNS = `id, email, code_hash AS "codeHash", tries, expires_at AS "expiresAt", used_at AS "usedAt"`;
const LOCK = `SELECT ${COLUMNS} FROM sign_in_code WHERE email = $1 AND browser_hash = $2
  ORDER BY id DESC LIMIT 1 FOR NO KEY UPDATE`;
const BY_ID = `SELECT ${COLUMNS} FROM sign_in_code WHERE id = $1`;
const ADD = `INSERT INTO sign_in_code (id, email, code_hash, browser_hash, expires_at) VALUES ($1, $2, $3, $4, $5)`;
const COUNT_TRY = `UPDATE sign_in_code SET tries = tries + 1 WHERE id = $1`;
const USE = `UPDATE sign_in_code SET used_at = app_now() WHERE id = $1`;
const FORGET = `DELETE FROM sign_in_code WHERE expires_at < app_now() - interval '1 day' RETURNING 1 AS gone`;

/** Every query on table sign_in_code. */
@Injectable()
export class SignInCodesRepository {
  /** Locks the code that was sent to `email` on the wish of the browser that holds the challenge. */
  async lock(tx: Transaction, email: string, browserHash: Buffer): Promise<SignInCode | null> {
    const [row] = await tx.query<SignInCode>(LOCK, [email, browserHash]);
    return row ?? null;
  }

  async byId(q: Queryable, id: string): Promise<SignInCode | null> {
    const [row] = await q.query<SignInCode>(BY_ID, [id]);
    return row ?? null;
  }

  async add(
    tx: Transaction,
    code: { id: string; email: string; codeHash: Buffer; browserHash: Buffer; expiresAt: Date },
  ): Promise<void> {
    await tx.query(ADD, [code.id, code.email, code.codeHash, code.browserHash, code.expiresAt]);
  }

  async countTry(tx: Transaction, id: string): Promise<void> {
    await tx.query(COUNT_TRY, [id]);
  }

  async use(tx: Transaction, id: string): Promise<void> {
    await tx.query(USE, [id]);
  }

  /** Forgets codes that expired over a day ago; returns how many. */
  async forget(q: Queryable): Promise<number> {
    return (await q.query(FORGET)).length;
  }
}
