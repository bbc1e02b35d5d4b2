import type { Check } from '../platform/checks/check.js';

/** What must always hold of accounts, members and sessions. */
export const CHECKS: Check[] = [
  {
    name: 'every co-op has an admin',
    counted: 'SELECT count(*) FROM coop',
    violations: `
      SELECT coop.id FROM coop WHERE NOT EXISTS (
        SELECT 1 FROM membership
         WHERE membership.coop_id = coop.id AND removed_at IS NULL AND 'admin' = ANY(roles))`,
  },
  {
    name: 'only persons are members, own brands and have sessions',
    counted: 'SELECT count(*) FROM account',
    violations: `
      SELECT id FROM account WHERE kind <> 'person' AND (
        EXISTS (SELECT 1 FROM membership WHERE account_id = account.id)
        OR EXISTS (SELECT 1 FROM account AS brand WHERE brand.owner_id = account.id)
        OR EXISTS (SELECT 1 FROM session WHERE account_id = account.id))`,
  },
  {
    name: 'only brands have API keys',
    counted: 'SELECT count(*) FROM api_key',
    violations: `
      SELECT api_key.id FROM api_key JOIN account ON account.id = api_key.account_id WHERE account.kind <> 'brand'`,
  },
  {
    name: 'each session has exactly one refresh token that was not exchanged yet',
    counted: 'SELECT count(*) FROM session WHERE expires_at > app_now()',
    violations: `
      SELECT session.id FROM session
        LEFT JOIN refresh_token ON refresh_token.session_id = session.id AND rotated_at IS NULL
       WHERE session.expires_at > app_now()
       GROUP BY session.id HAVING count(refresh_token.id) <> 1`,
  },
  {
    name: 'each invitation that was accepted has made a member',
    counted: 'SELECT count(*) FROM invitation WHERE accepted_at IS NOT NULL',
    violations: `
      SELECT invitation.coop_id, invitation.id FROM invitation
       WHERE accepted_at IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM membership JOIN account ON account.id = membership.account_id
          WHERE membership.coop_id = invitation.coop_id AND account.email = invitation.email)`,
  },
];
