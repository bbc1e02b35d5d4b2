import type { Check } from '../platform/checks/check.js';

/** What must hold of works and editions on live data. */
export const CHECKS: Check[] = [
  {
    name: 'every edition has its own GTIN, under the prefix of its co-op',
    counted: 'SELECT count(*)::text AS count FROM edition',
    violations: `SELECT e.id FROM edition e JOIN coop c ON c.id = e.coop_id
      LEFT JOIN gtin g ON g.gtin = e.gtin AND g.coop_id = e.coop_id AND g.edition_id = e.id
      WHERE g.gtin IS NULL OR substr(e.gtin, 2, length(c.gtin_prefix)) <> c.gtin_prefix`,
  },
  {
    name: 'every work has a recipe that is numbered from 1 without a gap',
    counted: 'SELECT count(*)::text AS count FROM work',
    violations: `SELECT w.id FROM work w LEFT JOIN recipe_operation o ON o.coop_id = w.coop_id AND o.work_id = w.id
      GROUP BY w.coop_id, w.id
      HAVING count(o.position) = 0 OR min(o.position) <> 1 OR max(o.position) <> count(o.position)`,
  },
];
