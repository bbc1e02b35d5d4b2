import type { Check } from '../platform/checks/check.js';

const SOLD = `SELECT o.coop_id, o.id, o.buyer_coop_id, o.price_minor, o.refunded_minor FROM service_order o`;
const amountOf = (coopId: string, kind: string, account: string): string => `coalesce((
  SELECT sum(e.amount_minor) FROM ledger_transaction t JOIN ledger_entry e ON e.coop_id = t.coop_id AND e.transaction_id = t.id
   WHERE t.coop_id = ${coopId} AND t.kind = '${kind}' AND t.reference = o.id AND e.account = '${account}'), 0)`;

/** What must always hold of trade between providers. */
export const CHECKS: Check[] = [
  {
    name: "every service order stands on its seller's books with its price and what came back of it",
    counted: 'SELECT count(*) FROM service_order',
    violations: `SELECT o.coop_id, o.id FROM (${SOLD}) AS o
      WHERE ${amountOf('o.coop_id', 'service_sold', 'trade_receivable')} <> o.price_minor
         OR ${amountOf('o.coop_id', 'service_sale_refunded', 'trade_receivable')} <> -o.refunded_minor`,
  },
  {
    name: 'the two books of each trade between providers are mirrors to the cent',
    counted: 'SELECT count(*) FROM service_order WHERE buyer_coop_id IS NOT NULL',
    violations: `SELECT o.coop_id, o.id FROM (${SOLD} WHERE o.buyer_coop_id IS NOT NULL) AS o
      WHERE ${amountOf('o.coop_id', 'service_sold', 'trade_receivable')}
              <> -${amountOf('o.buyer_coop_id', 'service_bought', 'trade_payable')}
         OR ${amountOf('o.coop_id', 'service_sale_refunded', 'trade_receivable')}
              <> -${amountOf('o.buyer_coop_id', 'service_purchase_refunded', 'trade_payable')}`,
  },
  {
    name: 'the lines of each service quote sum to its price',
    counted: 'SELECT count(*) FROM service_quote',
    violations: `SELECT q.coop_id, q.id FROM service_quote q
      WHERE (SELECT sum((line ->> 'amountMinor')::bigint) FROM jsonb_array_elements(q.price_lines) AS line) <> q.price_minor`,
  },
  {
    name: 'each live service order has time on the stations for each of its steps, done by its promise',
    counted: `SELECT count(*) FROM service_order WHERE state IN ('accepted', 'in_production', 'quality')`,
    violations: `
      SELECT o.coop_id, o.id, step.position FROM service_order o
        JOIN offer_version v ON v.coop_id = o.coop_id AND v.offer_id = o.offer_id AND v.version = o.version
       CROSS JOIN LATERAL jsonb_array_elements(v.steps) WITH ORDINALITY AS step (work, position)
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(extract(epoch FROM upper(b.during) - lower(b.during))) / 60, 0) AS minutes, max(upper(b.during)) AS ends_at
           FROM service_booking sb JOIN booking b ON b.coop_id = sb.coop_id AND b.id = sb.booking_id
          WHERE sb.coop_id = o.coop_id AND sb.order_id = o.id AND sb.position = step.position AND b.state = 'confirmed'
            AND b.service_order_id = o.id) AS booked
       WHERE o.state IN ('accepted', 'in_production', 'quality')
         AND (booked.minutes < (step.work ->> 'minutesPerBatch')::integer + (step.work ->> 'minutesPerUnit')::bigint * o.units
           OR booked.ends_at > o.promised_at)`,
  },
  {
    name: 'no station is kept for a service order that is ready or has ended, except where work had begun',
    counted: `SELECT count(*) FROM service_order WHERE state NOT IN ('accepted', 'in_production', 'quality')`,
    violations: `
      SELECT b.coop_id, b.id FROM service_order o
        JOIN booking b ON b.coop_id = o.coop_id AND b.service_order_id = o.id
       CROSS JOIN LATERAL (SELECT min(e.at) AS at FROM service_order_event e
          WHERE e.coop_id = o.coop_id AND e.order_id = o.id AND e.state NOT IN ('accepted', 'in_production', 'quality')) AS done
       WHERE o.state NOT IN ('accepted', 'in_production', 'quality') AND b.ended_at IS NULL AND b.checked_in_at IS NULL
         AND upper(b.during) > done.at`,
  },
];
