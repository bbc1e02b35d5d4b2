import type { Check } from '../platform/checks/check.js';

const SOLD = `o.state IN ('paid', 'kept', 'handed_over') OR (o.state = 'refunded' AND d.state = 'locked')`;

/** What must hold of drops, orders and payments on live data. */
export const CHECKS: Check[] = [
  {
    name: 'the units that each drop holds and has sold are those of its orders, within its size',
    counted: 'SELECT count(*)::text AS count FROM edition_drop',
    violations: `SELECT d.coop_id, d.id FROM edition_drop d
      LEFT JOIN sale_order o ON o.coop_id = d.coop_id AND o.drop_id = d.id
      GROUP BY d.coop_id, d.id
      HAVING d.units_held <> coalesce(sum(o.quantity) FILTER (WHERE o.state = 'awaiting_payment'), 0)
        OR d.units_sold <> coalesce(sum(o.quantity) FILTER (WHERE ${SOLD}), 0)
        OR d.units_held + d.units_sold > d.size`,
  },
  {
    name: 'every captured payment is one deposit of its sum, and no other payment is',
    counted: `SELECT count(*)::text AS count FROM payment WHERE state = 'captured'`,
    violations: `SELECT coalesce(p.id, t.reference) AS payment_id
      FROM (SELECT * FROM payment WHERE state = 'captured' AND amount_minor > 0) p
      FULL JOIN (SELECT t.coop_id, t.reference, t.currency, e.amount_minor FROM ledger_transaction t
          JOIN ledger_entry e ON e.coop_id = t.coop_id AND e.transaction_id = t.id AND e.account = 'cash'
          WHERE t.kind = 'deposit_received') t ON t.coop_id = p.coop_id AND t.reference = p.id
      WHERE p.id IS NULL OR t.reference IS NULL OR t.amount_minor <> p.amount_minor OR t.currency <> p.currency`,
  },
  {
    name: 'every refund is one ledger transaction of its sum, and no other refund is',
    counted: 'SELECT count(*)::text AS count FROM refund',
    violations: `SELECT coalesce(r.id, t.reference) AS refund_id FROM refund r
      FULL JOIN (SELECT t.coop_id, t.reference, t.kind, e.amount_minor FROM ledger_transaction t
          JOIN ledger_entry e ON e.coop_id = t.coop_id AND e.transaction_id = t.id AND e.account = 'cash'
          WHERE t.kind IN ('deposit_refunded', 'sale_refunded')) t ON t.coop_id = r.coop_id AND t.reference = r.id
      WHERE r.id IS NULL OR t.reference IS NULL OR t.amount_minor <> -r.amount_minor
        OR (t.kind = 'sale_refunded') <> (r.reason = 'failed_unit')`,
  },
  {
    name: 'every kept order is one sale, and no other order is',
    counted: `SELECT count(*)::text AS count FROM sale_order WHERE state IN ('kept', 'handed_over')`,
    violations: `SELECT coalesce(o.id, t.reference) AS order_id FROM (
        SELECT o.* FROM sale_order o JOIN edition_drop d ON d.coop_id = o.coop_id AND d.id = o.drop_id
        WHERE o.state IN ('kept', 'handed_over') OR (o.state = 'refunded' AND d.state = 'locked')) o
      FULL JOIN (SELECT * FROM ledger_transaction WHERE kind = 'sale_made') t
        ON t.coop_id = o.coop_id AND t.reference = o.id
      WHERE o.id IS NULL OR t.reference IS NULL`,
  },
  {
    name: 'what an order got back is the sum of its refunds, and never more than it paid',
    counted: 'SELECT count(*)::text AS count FROM sale_order',
    violations: `SELECT o.coop_id, o.id FROM sale_order o
      LEFT JOIN refund r ON r.coop_id = o.coop_id AND r.order_id = o.id
      LEFT JOIN payment p ON p.coop_id = o.coop_id AND p.order_id = o.id
      GROUP BY o.coop_id, o.id, p.coop_id, p.id
      HAVING o.refunded_minor <> coalesce(sum(r.amount_minor), 0)
        OR (o.refunded_minor > 0 AND p.state IS DISTINCT FROM 'captured')`,
  },
  {
    name: 'an order that was paid has a captured payment, and one that was not keeps none of its money',
    counted: 'SELECT count(*)::text AS count FROM payment',
    violations: `SELECT o.coop_id, o.id FROM sale_order o
      JOIN payment p ON p.coop_id = o.coop_id AND p.order_id = o.id
      WHERE (o.state IN ('paid', 'kept', 'refunded', 'handed_over') AND p.state <> 'captured')
        OR (o.state IN ('expired', 'declined', 'refunded') AND p.state = 'captured' AND o.refunded_minor <> o.amount_minor)`,
  },
];
