import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** An account as it is stored. */
export interface Account {
  readonly id: string;
  readonly kind: 'person' | 'brand';
  readonly email: string | null;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly ownerId: string | null;
}

const COLUMNS = `id, kind, email, display_name AS "displayName", password_hash AS "passwordHash", owner_id AS "ownerId"`;
const BY_EMAIL = `SELECT ${COLUMNS} FROM account WHERE email = $1`;
const BY_IDS = `SELECT ${COLUMNS} FROM account WHERE id = ANY($1::uuid[])`;
const LOCK = `SELECT ${COLUMNS} FROM account WHERE id = $1 FOR NO KEY UPDATE`;
const LOCK_BY_EMAIL = `SELECT ${COLUMNS} FROM account WHERE email = $1 FOR NO KEY UPDATE`;
const ADD_PERSON = `INSERT INTO account (id, kind, email, display_name, password_hash, created_at)
  VALUES ($1, 'person', $2, $3, $4, app_now()) ON CONFLICT ON CONSTRAINT account_email_once DO NOTHING`;
const ADD_BRAND = `INSERT INTO account (id, kind, display_name, owner_id, created_at)
  VALUES ($1, 'brand', $2, $3, app_now())`;
const SET_PASSWORD = `UPDATE account SET password_hash = $2 WHERE id = $1`;

/** Every query on table account. */
@Injectable()
export class AccountsRepository {
  async byEmail(q: Queryable, email: string): Promise<Account | null> {
    const [row] = await q.query<Account>(BY_EMAIL, [email]);
    return row ?? null;
  }

  async byIds(q: Queryable, ids: readonly string[]): Promise<Account[]> {
    return q.query<Account>(BY_IDS, [ids]);
  }

  async lock(tx: Transaction, id: string): Promise<Account | null> {
    tx.locking('account', [id]);
    const [row] = await tx.query<Account>(LOCK, [id]);
    return row ?? null;
  }

  /** Locks the person with this e-mail; when there is none, adds one under `id` first. */
  async lockOrAddPerson(tx: Transaction, id: string, email: string, displayName: string): Promise<Account> {
    tx.locking('account');
    await tx.query(ADD_PERSON, [id, email, displayName, null]);
    const [row] = await tx.query<Account>(LOCK_BY_EMAIL, [email]);
    if (row === undefined) throw new Error('an account vanished between its insert and its lock');
    return row;
  }

  async addBrand(tx: Transaction, id: string, name: string, ownerId: string): Promise<void> {
    await tx.query(ADD_BRAND, [id, name, ownerId]);
  }

  async setPassword(tx: Transaction, id: string, passwordHash: string): Promise<void> {
    await tx.query(SET_PASSWORD, [id, passwordHash]);
  }
}
