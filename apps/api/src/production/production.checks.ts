import type { Check } from '../platform/checks/check.js';

/** What must hold of runs and units on live data. */
export const CHECKS: Check[] = [
  {
    name: 'every order of a run has one piece for each unit that it bought, apart from those that were made again',
    counted: 'SELECT count(*)::text AS count FROM run',
    violations: `
      SELECT o.coop_id, o.id AS order_id FROM run r
        JOIN sale_order o ON o.coop_id = r.coop_id AND o.drop_id = r.drop_id
        LEFT JOIN unit u ON u.coop_id = o.coop_id AND u.order_id = o.id
        LEFT JOIN quality_record q ON q.coop_id = u.coop_id AND q.unit_id = u.id
       WHERE o.state IN ('kept', 'handed_over') OR u.id IS NOT NULL
       GROUP BY o.coop_id, o.id, o.quantity
      HAVING count(u.id) FILTER (WHERE q.remedy IS DISTINCT FROM 'remake') <> o.quantity`,
  },
  {
    name: 'every run is made at what was ordered',
    counted: 'SELECT count(*)::text AS count FROM run',
    violations: `
      SELECT r.coop_id, r.id FROM run r
        LEFT JOIN unit u ON u.coop_id = r.coop_id AND u.run_id = r.id
        LEFT JOIN quality_record q ON q.coop_id = u.coop_id AND q.unit_id = u.id
       GROUP BY r.coop_id, r.id, r.quantity
      HAVING count(u.id) FILTER (WHERE q.remedy IS DISTINCT FROM 'remake') <> r.quantity`,
  },
  {
    name: 'the serials of every edition run from 1 without a gap to the last one given',
    counted: 'SELECT count(*)::text AS count FROM unit WHERE serial IS NOT NULL',
    violations: `
      SELECT e.coop_id, e.id FROM edition e
        LEFT JOIN unit u ON u.coop_id = e.coop_id AND u.edition_id = e.id AND u.serial IS NOT NULL
       GROUP BY e.coop_id, e.id, e.next_serial
      HAVING count(u.serial) <> e.next_serial - 1 OR coalesce(min(u.serial), 1) <> 1
          OR coalesce(max(u.serial), 0) <> e.next_serial - 1`,
  },
  {
    name: 'every unit stands where its quality record says',
    counted: 'SELECT count(*)::text AS count FROM unit',
    violations: `
      SELECT u.coop_id, u.id FROM unit u
        LEFT JOIN quality_record q ON q.coop_id = u.coop_id AND q.unit_id = u.id
       WHERE CASE u.state WHEN 'planned' THEN q.id IS NOT NULL
                          WHEN 'failed' THEN q.outcome IS DISTINCT FROM 'failed'
                          ELSE q.outcome IS DISTINCT FROM 'passed' END`,
  },
  {
    name: 'a planned lot has booked time for every operation, at least as long as it takes, and an unplanned one none',
    counted: 'SELECT count(*)::text AS count FROM run_lot',
    violations: `
      SELECT l.coop_id, l.id AS lot_id, o.id AS operation_id FROM run_lot l
        LEFT JOIN run_operation o ON o.coop_id = l.coop_id AND o.lot_id = l.id
        LEFT JOIN booking b ON b.coop_id = o.coop_id AND b.run_operation_id = o.id AND b.state = 'confirmed'
       GROUP BY l.coop_id, l.id, l.planned_at, o.id, o.minutes
      HAVING o.id IS NULL
          OR (l.planned_at IS NULL AND count(b.id) > 0)
          OR (l.planned_at IS NOT NULL
              AND coalesce(sum(upper(b.during) - lower(b.during)), interval '0') < make_interval(mins => o.minutes))`,
  },
  {
    name: 'what a buyer got back for failed pieces is their price, to the cent',
    counted: `SELECT count(*)::text AS count FROM quality_record WHERE remedy = 'refund'`,
    violations: `
      SELECT o.coop_id, o.id AS order_id FROM sale_order o
        JOIN unit u ON u.coop_id = o.coop_id AND u.order_id = o.id
        LEFT JOIN quality_record q ON q.coop_id = u.coop_id AND q.unit_id = u.id
       GROUP BY o.coop_id, o.id, o.refunded_minor, o.unit_price_minor
      HAVING count(*) FILTER (WHERE q.remedy = 'refund') * o.unit_price_minor <> o.refunded_minor`,
  },
  {
    name: 'pieces are with their buyer exactly when their order was handed over',
    counted: `SELECT count(*)::text AS count FROM sale_order WHERE state = 'handed_over'`,
    violations: `
      SELECT u.coop_id, u.id FROM unit u JOIN sale_order o ON o.coop_id = u.coop_id AND o.id = u.order_id
       WHERE (u.state = 'handed_over') <> (o.state = 'handed_over') AND u.state <> 'failed'`,
  },
  {
    name: 'a run is finished exactly when none of its units is still to be inspected',
    counted: 'SELECT count(*)::text AS count FROM run',
    violations: `
      SELECT r.coop_id, r.id FROM run r
       WHERE (r.state = 'finished') <> (r.finished_at IS NOT NULL)
          OR (r.state = 'finished') = EXISTS (
            SELECT 1 FROM unit u WHERE u.coop_id = r.coop_id AND u.run_id = r.id AND u.state = 'planned')`,
  },
  {
    name: 'a photo of a piece is of a piece of its run, and every photo that is kept is of something',
    counted: 'SELECT count(*)::text AS count FROM production_photo',
    violations: `
      SELECT p.coop_id, p.id::text FROM production_photo p JOIN unit u ON u.coop_id = p.coop_id AND u.id = p.unit_id
       WHERE u.run_id <> p.run_id
      UNION ALL SELECT f.coop_id, f.sha256 FROM photo f WHERE NOT EXISTS (
        SELECT 1 FROM production_photo p WHERE p.coop_id = f.coop_id AND p.sha256 = f.sha256)`,
  },
];
