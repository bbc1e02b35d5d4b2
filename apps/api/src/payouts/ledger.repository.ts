import { Injectable } from '@nestjs/common';
import { canonicalParts, type PostedTransaction } from '@touchmark/ledger';
import type { Queryable, Transaction } from '../platform/database/index.js';

/** The end of a provider's chain. */
export interface LedgerHead {
  readonly sequence: number;
  readonly hash: string;
}

/** A transaction ready to be written: chained, and with the running totals it moved, if any. */
export interface LedgerRow extends PostedTransaction {
  readonly id: string;
  readonly hash: string;
  readonly reference: string;
  readonly versionId: string | null;
  readonly totalBeforeMinor: bigint | null;
  readonly totalAfterMinor: bigint | null;
}

const OPEN_HEAD = `INSERT INTO ledger_head (coop_id, sequence, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING`;

// The time is read from what the lock lets through, so it is the time after the lock, in the same round trip.
const LOCK_HEAD = `
  WITH head AS MATERIALIZED (SELECT sequence, hash FROM ledger_head WHERE coop_id = $1 FOR NO KEY UPDATE)
  SELECT sequence, hash, app_now() AS now FROM head`;

const OPEN_HEADS = `INSERT INTO ledger_head (coop_id, sequence, hash)
  SELECT coop_id, 0, $2 FROM unnest($1::uuid[]) AS opened (coop_id) ORDER BY coop_id ON CONFLICT DO NOTHING`;

const LOCK_HEADS = `
  WITH head AS MATERIALIZED (
    SELECT coop_id, sequence, hash FROM ledger_head WHERE coop_id = ANY($1::uuid[]) ORDER BY coop_id FOR NO KEY UPDATE)
  SELECT coop_id, sequence, hash, app_now() AS now FROM head`;

/** The constraint that fails when something is chained to books that were never opened. */
export const BOOKS_NOT_OPEN = 'ledger_transaction_counts_from_one';

/** A transaction of two lines whose time and number are known once its books are locked. */
export interface Unchained extends Omit<PostedTransaction, 'postedAt' | 'sequence'> {
  readonly id: string;
}

interface HeadRow {
  readonly sequence: string;
  readonly hash: string;
  readonly now: Date;
}

// One statement: its constraint triggers run when all of it stands, and it is one round trip under the head's lock.
const APPEND_PAIR = `
  WITH posted AS (
    INSERT INTO ledger_transaction (coop_id, id, sequence, kind, reference, currency, posted_at, version_id,
        total_before_minor, total_after_minor, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ), lines AS (
    INSERT INTO ledger_entry (coop_id, transaction_id, line, account, party_id, amount_minor, sequence, currency)
    VALUES ($1, $2, 1, $12, $13, $14, $3, $6), ($1, $2, 2, $15, $16, $17, $3, $6)
  )
  UPDATE ledger_head SET sequence = $3, hash = $11 WHERE coop_id = $1`;

const LOCK_ONLY = 'SELECT 1 FROM ledger_head WHERE coop_id = $1 FOR NO KEY UPDATE';

// Chained by the database itself, behind the lock: whoever waits for the head then waits for no process to think about
// it. The lock comes first by itself, so that this reads what it let through; books that are opened in between are locked
// here. The three texts are those around the time and the sequence. In books that nobody has opened the number would be 0.
const CHAIN_PAIR = `
  WITH head AS MATERIALIZED (SELECT sequence, hash FROM ledger_head WHERE coop_id = $1 FOR NO KEY UPDATE),
  clocked AS MATERIALIZED (SELECT sequence + 1 AS sequence, hash, app_now() AS now FROM head),
  next AS MATERIALIZED (
    SELECT sequence, now, encode(sha256(convert_to(hash || E'\\n' || $6 || (extract(epoch FROM now) * 1000)::bigint || $7
             || sequence || $8, 'UTF8')), 'hex') AS hash FROM clocked),
  posted AS (
    INSERT INTO ledger_transaction (coop_id, id, sequence, kind, reference, currency, posted_at, hash)
    SELECT $1, $2, coalesce(next.sequence, 0), $3, $4, $5, coalesce(next.now, '-infinity'), coalesce(next.hash, '')
      FROM (SELECT) AS one LEFT JOIN next ON true
  ), lines AS (
    INSERT INTO ledger_entry (coop_id, transaction_id, line, account, party_id, amount_minor, sequence, currency)
    SELECT $1, $2, line.line, line.account, line.party_id, line.amount_minor, next.sequence, $5
      FROM next CROSS JOIN (VALUES (1, $9, $10::uuid, $11::bigint), (2, $12, $13::uuid, $14::bigint))
        AS line (line, account, party_id, amount_minor)
  )
  UPDATE ledger_head SET sequence = next.sequence, hash = next.hash FROM next WHERE ledger_head.coop_id = $1`;

// The same for any number of transactions.
const APPEND = `
  WITH posted AS (
    INSERT INTO ledger_transaction (coop_id, id, sequence, kind, reference, currency, posted_at, version_id,
        total_before_minor, total_after_minor, hash)
    SELECT $1, t.* FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::uuid[], $6::text[], $7::timestamptz[],
        $8::uuid[], $9::bigint[], $10::bigint[], $11::text[]) AS t
  ), lines AS (
    INSERT INTO ledger_entry (coop_id, transaction_id, line, account, party_id, amount_minor, sequence, currency)
    SELECT $1, e.* FROM unnest($12::uuid[], $13::integer[], $14::text[], $15::uuid[], $16::bigint[], $17::bigint[],
        $18::text[]) AS e
  )
  UPDATE ledger_head SET sequence = $19, hash = $20 WHERE coop_id = $1`;

function headOf(tx: Transaction, { sequence, hash, now }: HeadRow): LedgerHead {
  tx.observeNow(now);
  return { sequence: Number(sequence), hash };
}

/** The parameters of APPEND_PAIR: what is charged or paid has two lines. */
function pairOf(coopId: string, row: LedgerRow): unknown[] {
  return [
    ...[coopId, row.id, row.sequence, row.kind, row.reference, row.currency, new Date(row.postedAt)],
    ...[row.versionId, row.totalBeforeMinor?.toString(), row.totalAfterMinor?.toString(), row.hash],
    ...row.entries.flatMap((entry) => [entry.account, entry.partyId, entry.amountMinor.toString()]),
  ];
}

/** Every statement on the ledger's tables that writes. */
@Injectable()
export class LedgerRepository {
  /** Locks the end of the provider's chain; the last lock of any transaction. */
  async lockHead(tx: Transaction, coopId: string, genesisHash: string): Promise<LedgerHead> {
    tx.locking('ledger_head');
    const [head] = await tx.query<HeadRow>(LOCK_HEAD, [coopId]);
    if (head !== undefined) return headOf(tx, head);
    await tx.query(OPEN_HEAD, [coopId, genesisHash]);
    const [opened] = await tx.query<HeadRow>(LOCK_HEAD, [coopId]);
    if (opened === undefined) throw new Error(`co-op ${coopId} has no ledger head`);
    return headOf(tx, opened);
  }

  /** Locks the ends of the chains of several providers, by ascending id; the last lock of any transaction. */
  async lockHeads(
    tx: Transaction,
    coopIds: readonly string[],
    genesisHash: string,
  ): Promise<Map<string, LedgerHead>> {
    const sorted = [...new Set(coopIds)].sort();
    const [only, ...others] = sorted;
    if (only === undefined) return new Map();
    // The plan for one key is made once; that for a list would be made anew for each.
    if (others.length === 0) return new Map([[only, await this.lockHead(tx, only, genesisHash)]]);
    tx.locking('ledger_head', sorted);
    type Row = HeadRow & { readonly coop_id: string };
    let rows = await tx.query<Row>(LOCK_HEADS, [sorted]);
    if (rows.length < sorted.length) {
      // The first posting of a co-op ever: two that open the same in another order are settled by PostgreSQL, once.
      tx.send(OPEN_HEADS, [sorted, genesisHash]);
      rows = await tx.query<Row>(LOCK_HEADS, [sorted]);
    }
    return new Map(rows.map((row) => [row.coop_id, headOf(tx, row)]));
  }

  /**
   * Locks the end of an open chain and appends one transaction of two lines to it, in one round trip with what is asked
   * for next. It fails with the constraint BOOKS_NOT_OPEN when the books were never opened.
   */
  chain(tx: Transaction, posted: Unchained): void {
    const { coopId, id, kind, reference, currency, entries } = posted;
    tx.locking('ledger_head');
    tx.send(LOCK_ONLY, [coopId]);
    tx.send(CHAIN_PAIR, [
      ...[coopId, id, kind, reference, currency, ...canonicalParts(posted)],
      ...entries.flatMap((entry) => [entry.account, entry.partyId, entry.amountMinor.toString()]),
    ]);
  }

  /** Tells the planner how far the books have grown, so that the plans that sessions keep are made anew. */
  async refreshPlans(q: Queryable): Promise<void> {
    await q.query('ANALYZE ledger_transaction, ledger_entry');
  }

  /**
   * Appends `rows`, which continue the locked head, and moves the head to the last of them. Nobody waits for the
   * answer while the head is locked: a failure fails the commit.
   */
  append(tx: Transaction, coopId: string, rows: readonly LedgerRow[]): void {
    const last = rows.at(-1);
    if (last === undefined) return;
    if (rows.length === 1 && last.entries.length === 2) {
      tx.send(APPEND_PAIR, pairOf(coopId, last));
      return;
    }
    const lines = rows.flatMap((row) =>
      row.entries.map((entry, index) => ({ ...entry, row, line: index + 1 })),
    );
    tx.send(APPEND, [
      coopId,
      rows.map((row) => row.id),
      rows.map((row) => row.sequence),
      rows.map((row) => row.kind),
      rows.map((row) => row.reference),
      rows.map((row) => row.currency),
      rows.map((row) => new Date(row.postedAt)),
      rows.map((row) => row.versionId),
      rows.map((row) => row.totalBeforeMinor?.toString() ?? null),
      rows.map((row) => row.totalAfterMinor?.toString() ?? null),
      rows.map((row) => row.hash),
      lines.map((line) => line.row.id),
      lines.map((line) => line.line),
      lines.map((line) => line.account),
      lines.map((line) => line.partyId),
      lines.map((line) => line.amountMinor.toString()),
      lines.map((line) => line.row.sequence),
      lines.map((line) => line.row.currency),
      last.sequence,
      last.hash,
    ]);
  }
}
