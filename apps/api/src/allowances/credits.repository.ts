import { Injectable } from '@nestjs/common';
import type { CreditUse, GrantTotal } from '@touchmark/allowances';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { CreditPackType } from './allowances.types.js';

/** A use of a booking with the running totals of its grant. */
export interface UseRow extends GrantTotal {
  readonly grantId: string;
  readonly accountId: string;
  readonly currency: string;
  readonly useMinutes: number;
}

/** A grant whose time is over and that is not settled. */
export interface DueGrant {
  readonly coopId: string;
  readonly id: string;
  readonly accountId: string;
}

/** Where a grant stands after a use has moved. */
export interface GrantMove {
  readonly grantId: string;
  readonly spentMinutes: number;
  readonly recognisedMinor: bigint;
}

type UseRecord = Omit<UseRow, 'priceMinor' | 'recognisedMinor'> & {
  readonly priceMinor: string;
  readonly recognisedMinor: string;
};

const ADD_USES = `
  INSERT INTO credit_use (coop_id, grant_id, booking_id, minutes)
  SELECT $1, used.grant_id, $2, used.minutes FROM unnest($3::uuid[], $4::integer[]) AS used (grant_id, minutes)`;

const LOCK_USES = `
  SELECT pack.id AS "grantId", pack.account_id AS "accountId", pack.currency, pack.price_minor AS "priceMinor",
    pack.minutes, pack.spent_minutes AS "spentMinutes", pack.recognised_minor AS "recognisedMinor",
    pack.closed_at IS NOT NULL AS closed, used.minutes AS "useMinutes"
   FROM credit_use AS used JOIN credit_grant AS pack ON pack.coop_id = used.coop_id AND pack.id = used.grant_id
  WHERE used.coop_id = $1 AND used.booking_id = $2 AND used.state = $3 ORDER BY pack.id FOR NO KEY UPDATE OF pack`;

const MOVE_GRANTS = `
  UPDATE credit_grant AS pack SET spent_minutes = moved.spent, recognised_minor = moved.recognised
    FROM unnest($2::uuid[], $3::integer[], $4::bigint[]) AS moved (id, spent, recognised)
   WHERE pack.coop_id = $1 AND pack.id = moved.id`;

const MOVE_USES = `UPDATE credit_use SET state = $4 WHERE coop_id = $1 AND booking_id = $2 AND state = $3`;

const RETURN_RESERVED = `
  UPDATE credit_use SET state = 'returned' WHERE coop_id = $1 AND booking_id = $2 AND state = 'reserved'`;

const DUE = `
  SELECT pack.coop_id AS "coopId", pack.id, pack.account_id AS "accountId" FROM credit_grant AS pack
   WHERE pack.closed_at IS NULL AND pack.expires_at <= app_now() ORDER BY pack.expires_at LIMIT $1`;

// A hold on credits that lives past their end can still be confirmed; so the grant is settled after it.
const CLOSE = `
  UPDATE credit_grant AS pack SET closed_at = app_now(), recognised_minor = pack.price_minor
   WHERE pack.coop_id = $1 AND pack.id = $2 AND pack.closed_at IS NULL AND pack.expires_at <= app_now()
     AND NOT EXISTS (SELECT FROM credit_use AS aside
       JOIN booking AS held ON held.coop_id = aside.coop_id AND held.id = aside.booking_id
      WHERE aside.coop_id = pack.coop_id AND aside.grant_id = pack.id AND aside.state = 'reserved'
        AND held.state = 'held' AND held.expires_at > app_now())
  RETURNING pack.currency, (pack.price_minor - old.recognised_minor)::text AS "restMinor"`;

/** A member's grant as it is listed; what live holds set aside counts as used. */
export interface GrantRow {
  readonly id: string;
  readonly name: string;
  readonly cellKind: string | null;
  readonly minutes: number;
  readonly usedMinutes: number;
  readonly priceMinor: bigint;
  readonly currency: string;
  readonly boughtAt: Date;
  readonly expiresAt: Date;
  readonly expired: boolean;
}

const GRANTS = (where: string): string => `
  SELECT pack.id, kind.name, pack.cell_kind AS "cellKind", pack.minutes, pack.price_minor AS "priceMinor", pack.currency,
    pack.bought_at AS "boughtAt", pack.expires_at AS "expiresAt", pack.expires_at <= app_now() AS expired,
    (pack.spent_minutes + coalesce((SELECT sum(aside.minutes) FROM credit_use AS aside
       JOIN booking AS held ON held.coop_id = aside.coop_id AND held.id = aside.booking_id
      WHERE aside.coop_id = pack.coop_id AND aside.grant_id = pack.id AND aside.state = 'reserved'
        AND held.state = 'held' AND held.expires_at > app_now()), 0))::integer AS "usedMinutes"
   FROM credit_grant AS pack JOIN credit_pack AS kind ON kind.coop_id = pack.coop_id AND kind.id = pack.pack_id
  WHERE ${where}`;
const GRANT = GRANTS('pack.coop_id = $1 AND pack.id = $2 AND pack.account_id = $3');
const GRANT_PAGE = `${GRANTS(
  'pack.coop_id = $1 AND pack.account_id = $2 AND ($3::uuid IS NULL OR pack.id < $3::uuid)',
)} ORDER BY pack.id DESC LIMIT $4`;

type GrantRecord = Omit<GrantRow, 'priceMinor'> & { readonly priceMinor: string };
const grantOf = (row: GrantRecord): GrantRow => ({ ...row, priceMinor: BigInt(row.priceMinor) });

/** A pack as it is being sold. */
interface NewGrant {
  readonly id: string;
  readonly pack: Pick<CreditPackType, 'id' | 'cellKind' | 'minutes' | 'priceMinor' | 'currency'>;
  readonly boughtAt: Date;
  readonly expiresAt: Date;
}

const LOCK_MEMBER = `
  SELECT 1 AS found FROM membership WHERE coop_id = $1 AND account_id = $2 FOR NO KEY UPDATE`;

const INSERT_GRANT = `
  INSERT INTO credit_grant (coop_id, account_id, id, pack_id, cell_kind, minutes, price_minor, currency, bought_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** Every statement on the tables `credit_grant` and `credit_use`. */
@Injectable()
export class CreditsRepository {
  /** Locks a member, under whose lock all that is used of an allowance is decided; false when there is none. */
  async lockMember(tx: Transaction, coopId: string, accountId: string): Promise<boolean> {
    tx.locking('membership', [accountId]);
    return (await tx.query(LOCK_MEMBER, [coopId, accountId])).length > 0;
  }

  async insert(tx: Transaction, coopId: string, accountId: string, grant: NewGrant): Promise<void> {
    const { pack } = grant;
    const terms = [pack.id, pack.cellKind, pack.minutes, pack.priceMinor.toString(), pack.currency];
    await tx.query(INSERT_GRANT, [coopId, accountId, grant.id, ...terms, grant.boughtAt, grant.expiresAt]);
  }

  /** Sets minutes of grants aside for a claim. */
  addUses(tx: Transaction, coopId: string, bookingId: string, uses: readonly CreditUse[]): void {
    if (uses.length === 0) return;
    tx.send(ADD_USES, [coopId, bookingId, uses.map((use) => use.grantId), uses.map((use) => use.minutes)]);
  }

  /** The uses of a booking in one state, their grants locked. */
  async lockUses(tx: Transaction, coopId: string, bookingId: string, state: string): Promise<UseRow[]> {
    const rows = await tx.query<UseRecord>(LOCK_USES, [coopId, bookingId, state]);
    return rows.map((row) => ({
      ...row,
      priceMinor: BigInt(row.priceMinor),
      recognisedMinor: BigInt(row.recognisedMinor),
    }));
  }

  /** Moves grants to where they stand now and the booking's uses from one state to the next. */
  move(
    tx: Transaction,
    coopId: string,
    bookingId: string,
    states: readonly [from: string, to: string],
    moves: readonly GrantMove[],
  ): void {
    tx.send(MOVE_GRANTS, [
      coopId,
      moves.map((move) => move.grantId),
      moves.map((move) => move.spentMinutes),
      moves.map((move) => move.recognisedMinor.toString()),
    ]);
    tx.send(MOVE_USES, [coopId, bookingId, ...states]);
  }

  /** Lets go of what a claim has set aside but never spent. */
  returnReserved(tx: Transaction, coopId: string, bookingId: string): void {
    tx.send(RETURN_RESERVED, [coopId, bookingId]);
  }

  /** Grants whose time is over and that are not settled. */
  due(q: Queryable, limit: number): Promise<DueGrant[]> {
    return q.query<DueGrant & Record<string, unknown>>(DUE, [limit]);
  }

  /** Settles a grant whose time is over; null when a live hold still has minutes of it, or it is settled already. */
  async close(
    tx: Transaction,
    coopId: string,
    id: string,
  ): Promise<{ currency: string; restMinor: bigint } | null> {
    const [row] = await tx.query<{ currency: string; restMinor: string }>(CLOSE, [coopId, id]);
    return row === undefined ? null : { currency: row.currency, restMinor: BigInt(row.restMinor) };
  }

  /** One grant of a member; null when it is none. */
  async grant(q: Queryable, coopId: string, id: string, accountId: string): Promise<GrantRow | null> {
    const [row] = await q.query<GrantRecord & Record<string, unknown>>(GRANT, [coopId, id, accountId]);
    return row === undefined ? null : grantOf(row);
  }

  /** A member's grants, newest first. */
  async page(q: Queryable, coopId: string, accountId: string, request: PageRequest): Promise<GrantRow[]> {
    const values = [coopId, accountId, request.after?.[0] ?? null, request.limit + 1];
    return (await q.query<GrantRecord & Record<string, unknown>>(GRANT_PAGE, values)).map(grantOf);
  }
}
