import type { Check } from '../platform/checks/check.js';

/** What must always hold of the books. */
export const CHECKS: Check[] = [
  {
    name: 'every ledger transaction sums to zero in two lines or more',
    counted: 'SELECT count(*) FROM ledger_transaction',
    violations: `
      SELECT t.coop_id, t.id FROM ledger_transaction t
        LEFT JOIN ledger_entry e ON e.coop_id = t.coop_id AND e.transaction_id = t.id
       GROUP BY t.coop_id, t.id HAVING coalesce(sum(e.amount_minor), 0) <> 0 OR count(e.line) < 2`,
  },
  {
    name: "every provider's chain is numbered without a gap up to its head",
    counted: 'SELECT count(*) FROM ledger_head',
    violations: `
      SELECT h.coop_id FROM ledger_head h
        LEFT JOIN ledger_transaction t ON t.coop_id = h.coop_id
       GROUP BY h.coop_id, h.sequence
      HAVING count(t.id) <> h.sequence OR coalesce(max(t.sequence), 0) <> h.sequence`,
  },
  {
    name: 'the head of each chain is the hash of its last transaction',
    counted: 'SELECT count(*) FROM ledger_head WHERE sequence > 0',
    violations: `
      SELECT h.coop_id FROM ledger_head h
        JOIN ledger_transaction t ON t.coop_id = h.coop_id AND t.sequence = h.sequence
       WHERE t.hash <> h.hash`,
  },
  {
    name: "each agreement's running total is the sum of its sales and refunds",
    counted: 'SELECT count(*) FROM agreement_total',
    violations: `
      SELECT a.coop_id, a.version_id, a.currency FROM agreement_total a
        LEFT JOIN ledger_transaction t ON t.coop_id = a.coop_id AND t.version_id = a.version_id
             AND t.currency = a.currency AND t.kind IN ('sale_made', 'sale_refunded')
       GROUP BY a.coop_id, a.version_id, a.currency, a.sold_minor
      HAVING coalesce(sum(t.total_after_minor - t.total_before_minor), 0) <> a.sold_minor`,
  },
  {
    name: 'nobody is owed less than nothing: earned and payable stand on the side of the member',
    counted: `SELECT count(DISTINCT (coop_id, party_id)) FROM ledger_entry WHERE account IN ('earned', 'payable')`,
    violations: `
      SELECT e.coop_id, e.party_id, e.account FROM ledger_entry e
       WHERE e.account IN ('earned', 'payable')
       GROUP BY e.coop_id, e.party_id, e.account HAVING sum(e.amount_minor) > 0`,
  },
  {
    name: 'no customer deposit is overdrawn',
    counted: `SELECT count(DISTINCT (coop_id, party_id)) FROM ledger_entry WHERE account = 'customer_deposits'`,
    violations: `
      SELECT coop_id, party_id FROM ledger_entry WHERE account = 'customer_deposits'
       GROUP BY coop_id, party_id HAVING sum(amount_minor) > 0`,
  },
];
