import { Injectable } from '@nestjs/common';
import type { Role } from '../platform/auth/index.js';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';

/** One person's place in one co-op. */
export interface Membership {
  readonly coopId: string;
  readonly accountId: string;
  readonly roles: Role[];
}

/** A member as the list shows them. */
export interface MemberRow extends Membership {
  readonly memberClass: string;
  readonly displayName: string;
  readonly email: string;
  readonly joinedAt: Date;
}

const COLUMNS = `coop_id AS "coopId", account_id AS "accountId", roles`;
const OF_ACCOUNT = `SELECT ${COLUMNS} FROM membership WHERE account_id = $1 AND removed_at IS NULL ORDER BY coop_id`;
const LIVE = `SELECT ${COLUMNS} FROM membership WHERE coop_id = $1 AND removed_at IS NULL ORDER BY account_id`;
const IS_MEMBER = `SELECT 1 AS found FROM membership JOIN account ON account.id = membership.account_id
  WHERE membership.coop_id = $1 AND membership.removed_at IS NULL AND account.email = $2`;
const PAGE = `SELECT membership.coop_id AS "coopId", account_id AS "accountId", roles, joined_at AS "joinedAt",
    display_name AS "displayName", email, class AS "memberClass"
  FROM membership JOIN account ON account.id = membership.account_id
  WHERE coop_id = $1 AND removed_at IS NULL AND ($3::uuid IS NULL OR account_id > $3::uuid)
  ORDER BY account_id LIMIT $2`;
const PUT = `INSERT INTO membership (coop_id, account_id, roles, joined_at) VALUES ($1, $2, $3, app_now())
  ON CONFLICT ON CONSTRAINT membership_pkey
  DO UPDATE SET roles = excluded.roles, joined_at = excluded.joined_at, removed_at = NULL`;
const SET_ROLES = `UPDATE membership SET roles = $3 WHERE coop_id = $1 AND account_id = $2`;
const LOCK = `SELECT 1 AS found FROM membership WHERE coop_id = $1 AND account_id = $2 FOR NO KEY UPDATE`;
const SET_CLASS = `UPDATE membership SET class = $3, class_set_at = $4 WHERE coop_id = $1 AND account_id = $2 AND class <> $3`;
const REMOVE = `UPDATE membership SET removed_at = app_now() WHERE coop_id = $1 AND account_id = $2`;

/** Every query on table membership. Whoever writes here has locked the co-op, so its members change one at a time. */
@Injectable()
export class MembershipsRepository {
  async ofAccount(q: Queryable, accountId: string): Promise<Membership[]> {
    return q.query<Membership>(OF_ACCOUNT, [accountId]);
  }

  /** The members of a co-op now; for decisions that need all of them (is this the last admin?). */
  async live(tx: Transaction, coopId: string): Promise<Membership[]> {
    return tx.query<Membership>(LIVE, [coopId]);
  }

  async isMember(tx: Transaction, coopId: string, email: string): Promise<boolean> {
    return (await tx.query(IS_MEMBER, [coopId, email])).length > 0;
  }

  async page(q: Queryable, coopId: string, request: PageRequest): Promise<MemberRow[]> {
    return q.query<MemberRow>(PAGE, [coopId, request.limit + 1, request.after?.[0] ?? null]);
  }

  async put(tx: Transaction, membership: Membership): Promise<void> {
    await tx.query(PUT, [membership.coopId, membership.accountId, membership.roles]);
  }

  async setRoles(tx: Transaction, membership: Membership): Promise<void> {
    await tx.query(SET_ROLES, [membership.coopId, membership.accountId, membership.roles]);
  }

  /** Under the member's own lock too: claims of the member are decided under it, by one class or the other. */
  async setClass(tx: Transaction, of: Membership & { readonly memberClass: string }): Promise<void> {
    tx.locking('membership', [of.accountId]);
    await tx.query(LOCK, [of.coopId, of.accountId]);
    await tx.query(SET_CLASS, [of.coopId, of.accountId, of.memberClass, await tx.now()]);
  }

  async remove(tx: Transaction, coopId: string, accountId: string): Promise<void> {
    await tx.query(REMOVE, [coopId, accountId]);
  }
}
