import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/index.js';

/** A ledger entry of one member, as it stands in the books (debits positive). */
export interface MemberEntry {
  readonly transactionId: string;
  readonly line: number;
  readonly sequence: number;
  readonly kind: string;
  readonly reference: string;
  readonly postedAt: Date;
  readonly account: string;
  readonly amountMinor: bigint;
  readonly versionId: string | null;
  readonly totalBeforeMinor: bigint | null;
  readonly totalAfterMinor: bigint | null;
}

const ACCOUNTS = `('earned', 'payable', 'member_receivable')`;

const BALANCES = `
  SELECT e.account, sum(e.amount_minor) AS balance FROM ledger_entry e
   WHERE e.coop_id = $1 AND e.party_id = $2 AND e.currency = $3 AND e.account IN ${ACCOUNTS}
   GROUP BY e.account`;

// Newest first; transaction ids are in order of posting within a co-op only by sequence, so that is the sort key.
const LINES = `
  SELECT e.transaction_id, e.line, e.sequence, t.kind, t.reference, t.posted_at, e.account, e.amount_minor,
         t.version_id, t.total_before_minor, t.total_after_minor
    FROM ledger_entry e JOIN ledger_transaction t ON t.coop_id = e.coop_id AND t.id = e.transaction_id
   WHERE e.coop_id = $1 AND e.party_id = $2 AND e.currency = $3 AND e.account IN ${ACCOUNTS}
     AND ($4::bigint IS NULL OR (e.sequence, e.line) < ($4::bigint, $5::integer))
   ORDER BY e.sequence DESC, e.line DESC LIMIT $6`;

interface LineRecord {
  [column: string]: unknown;
  transaction_id: string;
  line: number;
  sequence: string;
  kind: string;
  reference: string;
  posted_at: Date;
  account: string;
  amount_minor: string;
  version_id: string | null;
  total_before_minor: string | null;
  total_after_minor: string | null;
}

const bigintOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

/** Reads one member's entries. */
@Injectable()
export class StatementRepository {
  /** The member's balances by account, in minor units, debits positive. */
  async balances(
    q: Queryable,
    coopId: string,
    accountId: string,
    currency: string,
  ): Promise<Map<string, bigint>> {
    const rows = await q.query<{ account: string; balance: string }>(BALANCES, [coopId, accountId, currency]);
    return new Map(rows.map((row) => [row.account, BigInt(row.balance)]));
  }

  async lines(
    q: Queryable,
    of: { coopId: string; accountId: string; currency: string },
    after: readonly string[] | null,
    limit: number,
  ): Promise<MemberEntry[]> {
    const keys = [after?.[0] ?? null, after?.[1] ?? null];
    const rows = await q.query<LineRecord>(LINES, [of.coopId, of.accountId, of.currency, ...keys, limit + 1]);
    return rows.map((row) => ({
      transactionId: row.transaction_id,
      line: row.line,
      sequence: Number(row.sequence),
      kind: row.kind,
      reference: row.reference,
      postedAt: row.posted_at,
      account: row.account,
      amountMinor: BigInt(row.amount_minor),
      versionId: row.version_id,
      totalBeforeMinor: bigintOf(row.total_before_minor),
      totalAfterMinor: bigintOf(row.total_after_minor),
    }));
  }
}
