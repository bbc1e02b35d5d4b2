import type { Check } from '../platform/checks/check.js';

export const CHECKS: Check[] = [
  {
    name: 'the counter of a tag is at least the highest that was shown',
    counted: `SELECT count(*) AS count FROM nfc_tag`,
    violations: `SELECT t.id, t.last_counter, s.counter FROM nfc_tag t
      JOIN shown_tap s ON s.coop_id = t.coop_id AND s.tag_id = t.id WHERE s.counter > t.last_counter`,
  },
  {
    name: 'the counter of a uid never fell when its tag moved to another piece',
    counted: `SELECT count(*) AS count FROM nfc_tag`,
    violations: `SELECT id, uid FROM (SELECT id, uid, last_counter, lag(last_counter)
        OVER (PARTITION BY coop_id, uid ORDER BY registered_at, id) AS before FROM nfc_tag) AS line
      WHERE last_counter < before`,
  },
  {
    name: 'no key of a network outlives two days, nor a scan its time',
    counted: `SELECT count(*) AS count FROM network_key`,
    violations: `SELECT day::text AS kept FROM network_key WHERE day < (app_now() AT TIME ZONE 'UTC')::date - 2
      UNION ALL SELECT hour::text FROM scan WHERE hour < app_now() - interval '32 days'`,
  },
];
