import type { Check } from '../platform/checks/check.js';

export const CHECKS: Check[] = [
  {
    name: 'a sender gives each nonce to one call',
    counted: `SELECT count(*) AS count FROM chain_call WHERE nonce IS NOT NULL`,
    violations: `SELECT sender, nonce, count(*) FROM chain_call WHERE nonce IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1`,
  },
  {
    name: 'a nonce given is below the next one of its sender',
    counted: `SELECT count(*) AS count FROM chain_call WHERE nonce IS NOT NULL`,
    violations: `SELECT c.id, c.nonce, s.next_nonce FROM chain_call c JOIN chain_sender s ON s.address = c.sender
      WHERE c.nonce >= s.next_nonce`,
  },
  {
    name: 'what was submitted is stored as it was signed',
    counted: `SELECT count(*) AS count FROM chain_call WHERE state = 'submitted'`,
    violations: `SELECT c.id FROM chain_call c WHERE c.state = 'submitted' AND NOT EXISTS (
      SELECT 1 FROM chain_transaction t WHERE t.coop_id = c.coop_id AND t.call_id = c.id AND t.hash = c.transaction_hash)`,
  },
  {
    name: 'no call to the chain has failed for good',
    counted: `SELECT count(*) AS count FROM chain_call`,
    violations: `SELECT id, purpose, error FROM chain_call WHERE state = 'failed'`,
  },
  {
    name: 'the key with which an issuer signs was named by it and is not retired',
    counted: `SELECT count(*) AS count FROM issuer`,
    violations: `SELECT i.coop_id, i.signer FROM issuer i LEFT JOIN issuer_key k
        ON k.coop_id = i.coop_id AND k.purpose = 'signer' AND k.address = i.signer
      WHERE k.id IS NULL OR k.retiring_at IS NOT NULL`,
  },
];
