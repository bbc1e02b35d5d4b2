import { allowanceJson } from '../../allowances/index.js';
import { inductionSql } from '../../workshops/index.js';
import { tariffJson } from '../../pricing/index.js';
import { epochMs } from '../calendar-sql.js';

/** What decides, besides the stations, on a member's claim; read in the statement that reads the cell. */
export interface TermsRow {
  readonly memberClass: string | null;
  readonly memberHoldsExpireAt: readonly number[];
  readonly tariff: string | null;
  /** How to get the induction that the member lacks; null when none is lacking. */
  readonly induction: string | null;
  readonly allowance: string | null;
}

/** SQL expressions for whose claim it is, and for when. */
export interface TermsSql {
  readonly accountId: string;
  readonly fromAt: string;
  readonly toAt: string;
}

/** The columns of TermsRow for a statement made with `cellSql`, to be appended to its own. */
export const termsSql = ({ accountId, fromAt, toAt }: TermsSql): string => `,
    (SELECT own.class FROM membership AS own WHERE own.coop_id = $1 AND own.account_id = ${accountId}) AS "memberClass",
    (SELECT coalesce(json_agg(${epochMs('hold.expires_at')}), '[]') FROM booking AS hold
      WHERE hold.coop_id = $1 AND hold.account_id = ${accountId} AND hold.state = 'held') AS "memberHoldsExpireAt",
    ${tariffJson('$1', 'cell.id', 'clock.now')} AS tariff,
    ${inductionSql('$1', accountId, 'cell.kind', fromAt, toAt)} AS induction,
    ${allowanceJson({ coopId: '$1', accountId, cellKind: 'cell.kind', fromAt })} AS allowance`;
