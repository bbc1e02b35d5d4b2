import { Injectable } from '@nestjs/common';
import type { Role } from '../platform/auth/index.js';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** An invitation as it is stored. */
export interface Invitation {
  readonly coopId: string;
  readonly id: string;
  readonly email: string;
  readonly roles: Role[];
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
}

const COLUMNS = `coop_id AS "coopId", id, email, roles, expires_at AS "expiresAt", accepted_at AS "acceptedAt"`;
const BY_TOKEN = `SELECT ${COLUMNS} FROM invitation WHERE token_hash = $1`;
const BY_ID = `SELECT ${COLUMNS} FROM invitation WHERE coop_id = $1 AND id = $2`;
const ADD = `INSERT INTO invitation (coop_id, id, email, roles, token_hash, invited_by, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;
const ACCEPT = `UPDATE invitation SET accepted_at = app_now() WHERE coop_id = $1 AND id = $2`;
// An admin who takes somebody out of the co-op also means the invitations that would let them back in.
const VOID = `UPDATE invitation SET expires_at = app_now()
  WHERE coop_id = $1 AND accepted_at IS NULL AND expires_at > app_now()
    AND (invited_by = $2 OR email = (SELECT email FROM account WHERE id = $2))`;

/** Every query on table invitation. */
@Injectable()
export class InvitationsRepository {
  async byTokenHash(q: Queryable, tokenHash: Buffer): Promise<Invitation | null> {
    const [row] = await q.query<Invitation>(BY_TOKEN, [tokenHash]);
    return row ?? null;
  }

  async byId(q: Queryable, coopId: string, id: string): Promise<Invitation | null> {
    const [row] = await q.query<Invitation>(BY_ID, [coopId, id]);
    return row ?? null;
  }

  async add(
    tx: Transaction,
    invitation: Omit<Invitation, 'acceptedAt'> & { readonly tokenHash: Buffer; readonly invitedBy: string },
  ): Promise<void> {
    const { coopId, id, email, roles, tokenHash, invitedBy, expiresAt } = invitation;
    await tx.query(ADD, [coopId, id, email, roles, tokenHash, invitedBy, expiresAt]);
  }

  async accept(tx: Transaction, coopId: string, id: string): Promise<void> {
    await tx.query(ACCEPT, [coopId, id]);
  }

  /** Ends the open invitations to and by a person who is being removed. */
  async voidOf(tx: Transaction, coopId: string, accountId: string): Promise<void> {
    await tx.query(VOID, [coopId, accountId]);
  }
}
