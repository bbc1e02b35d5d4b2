import { Injectable } from '@nestjs/common';
import type { Window } from '@touchmark/calendar';
import type { Queryable } from '../../platform/database/index.js';
import { termsSql, type TermsRow } from './terms-sql.js';

/** Whose terms for which window of a cell. */
export interface TermsAsked {
  readonly accountId: string;
  readonly window: Window;
}

const asked = { accountId: 'ask.account_id', fromAt: 'ask.from_at', toAt: 'ask.to_at' };

const TERMS = `
  WITH clock AS MATERIALIZED (SELECT app_now() AS now)
  SELECT ask.place${termsSql(asked)}
    FROM clock CROSS JOIN cell
   CROSS JOIN unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[]) WITH ORDINALITY AS ask (account_id, from_at, to_at, place)
   WHERE cell.coop_id = $1 AND cell.id = $2 ORDER BY ask.place`;

/** The terms of several windows at a time, for a queue and for a series: one statement, whatever their number. */
@Injectable()
export class TermsOfMany {
  /** The terms in the order in which they were asked for; the members must be locked. */
  async read(q: Queryable, coopId: string, cellId: string, asks: readonly TermsAsked[]): Promise<TermsRow[]> {
    const rows = await q.query<TermsRow>(TERMS, [
      ...[coopId, cellId, asks.map((ask) => ask.accountId)],
      ...[asks.map(({ window }) => new Date(window.fromAt)), asks.map(({ window }) => new Date(window.toAt))],
    ]);
    if (rows.length !== asks.length) throw new Error(`cell ${cellId} is gone although it was locked`);
    return rows;
  }
}
