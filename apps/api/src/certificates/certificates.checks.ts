import type { Check } from '../platform/checks/check.js';

export const CHECKS: Check[] = [
  {
    name: 'a certificate is of a unit that passed, with the serial of the unit',
    counted: `SELECT count(*) AS count FROM certificate`,
    violations: `SELECT c.id FROM certificate c JOIN unit u ON u.coop_id = c.coop_id AND u.id = c.unit_id
      LEFT JOIN quality_record q ON q.coop_id = u.coop_id AND q.unit_id = u.id
      WHERE u.state NOT IN ('passed', 'handed_over') OR u.serial <> c.serial OR u.edition_id <> c.edition_id
         OR q.outcome IS DISTINCT FROM 'passed'`,
  },
  {
    name: 'a batch holds exactly its serials, without a gap',
    counted: `SELECT count(*) AS count FROM anchor_batch`,
    violations: `SELECT b.id FROM anchor_batch b LEFT JOIN certificate c ON c.coop_id = b.coop_id AND c.batch_id = b.id
      WHERE b.state <> 'voided' GROUP BY b.coop_id, b.id, b.first_serial, b.unit_count
      HAVING count(c.id) <> b.unit_count OR min(c.serial) <> b.first_serial
          OR max(c.serial) <> b.first_serial + b.unit_count - 1`,
  },
  {
    name: 'the batches of an edition follow one another',
    counted: `SELECT count(*) AS count FROM anchor_batch`,
    violations: `SELECT id FROM (SELECT id, first_serial, coalesce(lag(first_serial + unit_count)
        OVER (PARTITION BY coop_id, edition_id ORDER BY first_serial), 1) AS expected
        FROM anchor_batch WHERE state <> 'voided') AS placed
      WHERE first_serial <> expected`,
  },
  {
    name: 'a signed batch has its call to the chain, and an anchored one stands in a block',
    counted: `SELECT count(*) AS count FROM anchor_batch WHERE state IN ('signed', 'anchored')`,
    violations: `SELECT b.id, b.state, c.state AS call FROM anchor_batch b LEFT JOIN chain_call c
        ON c.coop_id = b.coop_id AND c.purpose = 'anchor' AND c.subject_id = b.id
      WHERE (b.state = 'signed' AND c.id IS NULL)
         OR (b.state <> 'voided'
             AND (b.state = 'anchored') IS DISTINCT FROM (c.state IS NOT NULL AND c.state IN ('included', 'final')))`,
  },
  {
    name: 'a void has its call and is recorded while that stands in a block, and once it is final its batch is voided',
    counted: `SELECT count(*) AS count FROM batch_void`,
    violations: `SELECT v.id, c.state AS call, b.state FROM batch_void v LEFT JOIN chain_call c
        ON c.coop_id = v.coop_id AND c.purpose = 'void_last' AND c.subject_id = v.id
      LEFT JOIN anchor_batch b ON b.coop_id = v.coop_id AND b.id = v.batch_id
      WHERE c.id IS NULL OR (v.recorded_at IS NOT NULL) IS DISTINCT FROM (c.state IN ('included', 'final'))
         OR (v.final_at IS NOT NULL) IS DISTINCT FROM (c.state = 'final')
         OR (v.given_up IS NOT NULL) IS DISTINCT FROM (c.state = 'given_up')
         OR (v.final_at IS NOT NULL AND v.batch_id IS NOT NULL AND b.state <> 'voided')`,
  },
  {
    name: 'a voided batch was voided by somebody who said why, and holds all of its certificates or none',
    counted: `SELECT count(*) AS count FROM anchor_batch WHERE state = 'voided'`,
    violations: `SELECT b.id FROM anchor_batch b WHERE b.state = 'voided' AND (
        NOT EXISTS (SELECT 1 FROM batch_void v WHERE v.coop_id = b.coop_id AND v.batch_id = b.id)
        OR (SELECT count(*) FROM certificate c WHERE c.coop_id = b.coop_id AND c.batch_id = b.id) NOT IN (0, b.unit_count))`,
  },
  {
    name: 'the publisher has refused no batch',
    counted: `SELECT count(*) AS count FROM anchor_batch`,
    violations: `SELECT id, refusal FROM anchor_batch WHERE state = 'refused'`,
  },
  {
    name: 'a claim has its call, and is claimed while that stands in a block',
    counted: `SELECT count(*) AS count FROM certificate_claim`,
    violations: `SELECT k.id, k.state, c.state AS call FROM certificate_claim k LEFT JOIN chain_call c
        ON c.coop_id = k.coop_id AND c.purpose = 'claim' AND c.subject_id = k.id
      WHERE c.id IS NULL OR (k.state = 'claimed') IS DISTINCT FROM (c.state IN ('included', 'final'))
         OR (k.state = 'given_up') IS DISTINCT FROM (c.state = 'given_up')`,
  },
  {
    name: 'a withdrawal names certificates, has its call, and is recorded while that stands in a block',
    counted: `SELECT count(*) AS count FROM withdrawal`,
    violations: `SELECT w.id, c.state AS call FROM withdrawal w LEFT JOIN chain_call c
        ON c.coop_id = w.coop_id AND c.purpose = 'revoke' AND c.subject_id = w.id
      WHERE c.id IS NULL OR (w.recorded_at IS NOT NULL) IS DISTINCT FROM (c.state IN ('included', 'final'))
         OR NOT EXISTS (SELECT 1 FROM withdrawn_certificate k WHERE k.coop_id = w.coop_id AND k.withdrawal_id = w.id)`,
  },
  {
    name: 'a replacement has its call, and is recorded while that stands in a block',
    counted: `SELECT count(*) AS count FROM certificate_replacement`,
    violations: `SELECT r.id, c.state AS call FROM certificate_replacement r LEFT JOIN chain_call c
        ON c.coop_id = r.coop_id AND c.purpose = 'replace' AND c.subject_id = r.id
      WHERE c.id IS NULL OR (r.recorded_at IS NOT NULL) IS DISTINCT FROM (c.state IN ('included', 'final'))`,
  },
  {
    name: 'an erasure is done exactly when no certificate shows the person any more',
    counted: `SELECT count(*) AS count FROM credit_erasure WHERE finished_at IS NOT NULL`,
    violations: `SELECT e.id FROM credit_erasure e JOIN certificate_maker m
        ON m.coop_id = e.coop_id AND m.account_id = e.account_id AND m.erased_at IS NULL
      JOIN certificate c ON c.coop_id = m.coop_id AND c.id = m.certificate_id
      WHERE e.finished_at IS NOT NULL AND c.issued_at < e.requested_at
        AND NOT EXISTS (SELECT 1 FROM certificate_replacement r WHERE r.coop_id = c.coop_id AND r.certificate_id = c.id)`,
  },
  {
    name: 'every certificate names its makers',
    counted: `SELECT count(*) AS count FROM certificate`,
    violations: `SELECT c.id FROM certificate c WHERE NOT EXISTS (
        SELECT 1 FROM certificate_maker m WHERE m.coop_id = c.coop_id AND m.certificate_id = c.id)`,
  },
];
