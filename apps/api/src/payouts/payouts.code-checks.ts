import { GENESIS_HASH, entryHash, type Entry, type TransactionKind } from '@touchmark/ledger';
import { waterfallTargets } from '@touchmark/splits';
import type { CheckQuery, CodeCheck } from '../platform/checks/check.js';
import { AgreementsRepository } from './agreements.repository.js';

const BATCH = 2000;

const TRANSACTIONS = `
  SELECT t.coop_id, t.sequence, t.kind, t.reference, t.currency, t.posted_at, t.hash,
         (SELECT json_agg(json_build_object('account', e.account, 'partyId', e.party_id, 'amount', e.amount_minor::text))
            FROM ledger_entry e WHERE e.coop_id = t.coop_id AND e.transaction_id = t.id) AS entries
    FROM ledger_transaction t
   WHERE (t.coop_id, t.sequence) > ($1::uuid, $2::bigint) ORDER BY t.coop_id, t.sequence LIMIT $3`;

interface PostedRow {
  readonly coop_id: string;
  readonly sequence: string;
  readonly kind: TransactionKind;
  readonly reference: string;
  readonly currency: string;
  readonly posted_at: Date;
  readonly hash: string;
  readonly entries: readonly (Pick<Entry, 'account' | 'partyId'> & { readonly amount: string })[];
}

function hashOf(row: PostedRow, previous: string): string {
  return entryHash(previous, {
    coopId: row.coop_id,
    sequence: Number(row.sequence),
    kind: row.kind,
    reference: row.reference,
    currency: row.currency,
    postedAt: row.posted_at.getTime(),
    entries: row.entries.map(({ account, partyId, amount }) => ({
      account,
      partyId,
      amountMinor: BigInt(amount),
    })),
  });
}

/** The first transaction of each chain whose hash is not that of what it says, read in batches. */
async function brokenLinks(query: CheckQuery): Promise<object[]> {
  const broken: object[] = [];
  let at = { coop_id: '00000000-0000-0000-0000-000000000000', sequence: '0', hash: GENESIS_HASH };
  for (;;) {
    const rows = (await query(TRANSACTIONS, [at.coop_id, at.sequence, BATCH])) as readonly PostedRow[];
    for (const row of rows) {
      const previous = row.coop_id === at.coop_id ? at.hash : GENESIS_HASH;
      if (hashOf(row, previous) !== row.hash) broken.push({ coop_id: row.coop_id, sequence: row.sequence });
      at = { coop_id: row.coop_id, sequence: row.sequence, hash: row.hash };
    }
    if (rows.length < BATCH) return broken;
  }
}

const TOTALS = `SELECT coop_id, version_id, currency, sold_minor, handed_over_minor FROM agreement_total`;

// What each version's sales and hand-overs have given to each payee; the fee has no party.
const HELD = `
  SELECT e.account, e.party_id, -sum(e.amount_minor) AS held
    FROM ledger_transaction t JOIN ledger_entry e ON e.coop_id = t.coop_id AND e.transaction_id = t.id
   WHERE t.coop_id = $1 AND t.version_id = $2 AND t.currency = $3 AND e.account IN ('coop_fee', 'earned', 'payable')
   GROUP BY e.account, e.party_id`;

interface TotalRow {
  readonly coop_id: string;
  readonly version_id: string;
  readonly currency: string;
  readonly sold_minor: string;
  readonly handed_over_minor: string;
}
interface HeldRow {
  readonly account: string;
  readonly party_id: string | null;
  readonly held: string;
}

async function offTarget(query: CheckQuery, total: TotalRow): Promise<object[]> {
  const q = {
    query: async <Row>(text: string, values?: readonly unknown[]) => (await query(text, values)) as Row[],
  };
  const [version] = await new AgreementsRepository().versions(q, total.coop_id, [total.version_id]);
  if (version === undefined) return [total];
  const held = (await query(HELD, [total.coop_id, total.version_id, total.currency])) as readonly HeldRow[];
  const of = (account: string, partyId: string | null): bigint =>
    BigInt(held.find((row) => row.account === account && row.party_id === partyId)?.held ?? 0);
  const sold = waterfallTargets(version.terms, BigInt(total.sold_minor));
  const handed = waterfallTargets(version.terms, BigInt(total.handed_over_minor));
  const off = sold.parties.filter(
    ({ partyId, amountMinor }, index) =>
      of('payable', partyId) !== handed.parties[index]?.amountMinor ||
      of('earned', partyId) + of('payable', partyId) !== amountMinor,
  );
  const feeOff = of('coop_fee', null) === sold.feeMinor ? [] : [{ partyId: 'coop_fee' }];
  return [...off, ...feeOff].map(({ partyId }) => ({ ...total, partyId }));
}

/** What must hold of the books and takes the libs to try: hashes, and the target of every payee. */
export const CODE_CHECKS: CodeCheck[] = [
  {
    name: 'every ledger transaction is what its hash says, back to the first of its chain',
    counted: 'SELECT count(*) FROM ledger_transaction',
    find: brokenLinks,
  },
  {
    name: "every payee holds exactly the agreement's target of the running total, earned and payable",
    counted: 'SELECT count(*) FROM agreement_total',
    find: async (query) => {
      const totals = (await query(TOTALS)) as readonly TotalRow[];
      const found: object[] = [];
      for (const total of totals) found.push(...(await offTarget(query, total)));
      return found;
    },
  },
];
