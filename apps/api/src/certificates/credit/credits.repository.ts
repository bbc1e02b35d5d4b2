import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../../platform/database/index.js';

/** How somebody is printed in one co-op; `printedName` null prints the pseudonym of `number`. */
export interface Credit {
  readonly accountId: string;
  readonly number: number;
  readonly printedName: string | null;
}

/** Who stands in which field of a certificate. */
export interface MakerPlace {
  readonly place: number;
  readonly accountId: string;
}

type Row<T> = T & Record<string, unknown>;

const OF = `SELECT account_id AS "accountId", number, printed_name AS "printedName" FROM maker_credit
  WHERE coop_id = $1 AND account_id = ANY($2::uuid[]) ORDER BY account_id`;
// A number that is taken leaves its row out; who asks draws again.
const DRAW = `INSERT INTO maker_credit (coop_id, account_id, number)
  SELECT $1, drawn.account_id, drawn.number FROM unnest($2::uuid[], $3::integer[]) AS drawn (account_id, number)
  ON CONFLICT DO NOTHING`;
const PRINT = `UPDATE maker_credit SET printed_name = $3, chosen_at = $4 WHERE coop_id = $1 AND account_id = $2`;
const FORGET = `UPDATE maker_credit SET printed_name = NULL, chosen_at = NULL, number = $3
  WHERE coop_id = $1 AND account_id = $2 AND NOT EXISTS (
    SELECT 1 FROM maker_credit WHERE coop_id = $1 AND number = $3) RETURNING 1 AS forgotten`;
const PLACE = `INSERT INTO certificate_maker (coop_id, certificate_id, place, account_id)
  SELECT $1, $2, maker.place, maker.account_id FROM unnest($3::smallint[], $4::uuid[]) AS maker (place, account_id)
  ON CONFLICT ON CONSTRAINT certificate_maker_pkey DO UPDATE SET account_id = excluded.account_id, erased_at = NULL`;
const SHOWN = `SELECT count(DISTINCT certificate_id)::integer AS shown FROM certificate_maker
  WHERE coop_id = $1 AND account_id = $2 AND erased_at IS NULL`;
const WAS_MEMBER = `SELECT 1 AS found FROM membership WHERE coop_id = $1 AND account_id = $2`;

/** Every statement on how makers are credited. */
@Injectable()
export class CreditsRepository {
  of(q: Queryable, coopId: string, accountIds: readonly string[]): Promise<Credit[]> {
    return q.query<Row<Credit>>(OF, [coopId, accountIds]);
  }

  /** Locks the credits of these accounts against a change of how they are printed, and reads them. */
  held(tx: Transaction, coopId: string, accountIds: readonly string[]): Promise<Credit[]> {
    tx.locking('maker_credit', accountIds);
    return tx.query<Row<Credit>>(`${OF} FOR SHARE`, [coopId, accountIds]);
  }

  /** Locks the credit of one person for a change. */
  async lock(tx: Transaction, coopId: string, accountId: string): Promise<void> {
    tx.locking('maker_credit', [accountId]);
    await tx.query(`${OF} FOR NO KEY UPDATE`, [coopId, [accountId]]);
  }

  /** Gives numbers to those who have none; a number that is taken gives none. */
  async draw(
    q: Queryable,
    coopId: string,
    drawn: readonly { readonly accountId: string; readonly number: number }[],
  ): Promise<void> {
    await q.query(DRAW, [coopId, drawn.map(({ accountId }) => accountId), drawn.map(({ number }) => number)]);
  }

  async print(tx: Transaction, coopId: string, accountId: string, name: string | null): Promise<void> {
    await tx.query(PRINT, [coopId, accountId, name, name === null ? null : await tx.now()]);
  }

  /** Forgets name and pseudonym for another number; false when that is taken. */
  async forget(tx: Transaction, coopId: string, accountId: string, number: number): Promise<boolean> {
    return (await tx.query(FORGET, [coopId, accountId, number])).length > 0;
  }

  /** Notes whom the maker fields of a certificate are about, also when it was written anew. */
  async place(
    tx: Transaction,
    coopId: string,
    certificateId: string,
    makers: readonly MakerPlace[],
  ): Promise<void> {
    const [places, accounts] = [makers.map(({ place }) => place), makers.map(({ accountId }) => accountId)];
    await tx.query(PLACE, [coopId, certificateId, places, accounts]);
  }

  /** How many certificates of the co-op show this person. */
  async shown(q: Queryable, coopId: string, accountId: string): Promise<number> {
    const [row] = await q.query<{ shown: number }>(SHOWN, [coopId, accountId]);
    return row?.shown ?? 0;
  }

  /** Whether the account has or had a place in the co-op. */
  async wasMember(q: Queryable, coopId: string, accountId: string): Promise<boolean> {
    return (await q.query(WAS_MEMBER, [coopId, accountId])).length > 0;
  }
}
