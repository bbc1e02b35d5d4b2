import { pathToFileURL } from 'node:url';
import type pg from 'pg';
import { inRoot } from '../../apps/local/src/paths.ts';

interface Witnessed {
  /** Pairs of live claims of one station that overlap. */
  readonly overlaps: number;
  /** Deadlocks that PostgreSQL has broken in this database. */
  readonly deadlocks: number;
  /** What is wrong with the chain of charges, or null. */
  readonly ledger: string | null;
  readonly bookings: number;
  readonly charges: number;
}

const OVERLAPS = `SELECT count(*)::int AS count FROM booking AS a JOIN booking AS b
    ON b.coop_id = a.coop_id AND b.station_id = a.station_id AND b.id > a.id AND b.during && a.during
  WHERE a.ended_at IS NULL AND b.ended_at IS NULL`;
const DEADLOCKS = 'SELECT deadlocks::int AS count FROM pg_stat_database WHERE datname = current_database()';
const CONFIRMED = `SELECT count(*)::int AS count FROM booking WHERE state = 'confirmed'`;
const CHARGES = `SELECT t.coop_id AS "coopId", t.sequence::int, t.kind, t.reference, t.currency, t.hash,
    (extract(epoch FROM t.posted_at) * 1000)::float8 AS "postedAt",
    (SELECT json_agg(json_build_object('account', account, 'partyId', party_id, 'amountMinor', amount_minor::text))
       FROM ledger_entry AS e WHERE e.coop_id = t.coop_id AND e.transaction_id = t.id) AS entries
  FROM ledger_transaction AS t ORDER BY t.sequence`;

interface ChargeRow {
  readonly hash: string;
  readonly entries: readonly { readonly amountMinor: string }[];
}

/** Looks at what the load has left behind: both ways of booking must have kept the same books. */
export async function witness(database: pg.Client): Promise<Witnessed> {
  const count = async (text: string): Promise<number> =>
    (await database.query<{ count: number }>(text)).rows[0]?.count ?? -1;
  const { verifyChain } = (await import(pathToFileURL(inRoot('libs/ledger/dist/index.js')).href)) as {
    readonly verifyChain: (rows: unknown[]) => { kind: string; message?: string };
  };
  const { rows } = await database.query<ChargeRow>(CHARGES);
  const chain = verifyChain(
    rows.map((row) => ({
      ...row,
      entries: row.entries.map((entry) => ({ ...entry, amountMinor: BigInt(entry.amountMinor) })),
    })),
  );
  const ledger = chain.kind === 'ChainIntact' ? null : (chain.message ?? chain.kind);
  const [overlaps, bookings] = [await count(OVERLAPS), await count(CONFIRMED)];
  return { overlaps, deadlocks: await count(DEADLOCKS), ledger, bookings, charges: rows.length };
}
