import type { Check } from '../platform/checks/check.js';

const RESERVED = `
  SELECT coalesce(sum(used.minutes), 0) FROM credit_use AS used
    JOIN booking ON booking.coop_id = used.coop_id AND booking.id = used.booking_id
   WHERE used.coop_id = pack.coop_id AND used.grant_id = pack.id AND used.state = 'reserved'
     AND booking.state = 'held' AND booking.expires_at > app_now()`;

/** What must always hold of quotas and credits. */
export const CHECKS: Check[] = [
  {
    name: 'no credits are used above their minutes, live holds included',
    counted: 'SELECT count(*) FROM credit_grant',
    violations: `
      SELECT pack.coop_id, pack.id FROM credit_grant AS pack WHERE pack.spent_minutes + (${RESERVED}) > pack.minutes`,
  },
  {
    name: "each grant's running totals are the sum of its spent uses, and its revenue the target of that sum",
    counted: 'SELECT count(*) FROM credit_grant',
    violations: `
      SELECT pack.coop_id, pack.id FROM credit_grant AS pack
       WHERE pack.spent_minutes <> (SELECT coalesce(sum(used.minutes), 0) FROM credit_use AS used
               WHERE used.coop_id = pack.coop_id AND used.grant_id = pack.id AND used.state = 'spent')
          OR pack.recognised_minor <> CASE WHEN pack.closed_at IS NULL
               THEN pack.price_minor * pack.spent_minutes / pack.minutes ELSE pack.price_minor END`,
  },
  {
    name: 'what is prepaid in the books is the value of credits that is not revenue yet, member by member',
    counted: 'SELECT count(DISTINCT (coop_id, account_id, currency)) FROM credit_grant',
    violations: `
      SELECT coop_id, party_id, currency, sum(owed) AS off FROM (
        SELECT coop_id, account_id AS party_id, currency, price_minor - recognised_minor AS owed FROM credit_grant
        UNION ALL SELECT coop_id, party_id, currency, amount_minor FROM ledger_entry WHERE account = 'prepaid_credits') AS side
       GROUP BY coop_id, party_id, currency HAVING sum(owed) <> 0`,
  },
  {
    // Where the notice, or nobody's coming, costs the whole price, the policy keeps the minutes.
    name: 'credits are spent exactly in bookings that stand or cost their whole price',
    counted: `SELECT count(*) FROM credit_use`,
    violations: `
      SELECT used.coop_id, used.grant_id, used.booking_id, used.state, booking.state AS booking_state
        FROM credit_use AS used JOIN booking ON booking.coop_id = used.coop_id AND booking.id = used.booking_id
        JOIN credit_grant AS pack ON pack.coop_id = used.coop_id AND pack.id = used.grant_id
       WHERE (used.state = 'spent' AND booking.state NOT IN ('confirmed', 'no_show', 'cancelled', 'moved'))
          OR (used.state <> 'spent' AND booking.state = 'confirmed')
          OR booking.account_id IS DISTINCT FROM pack.account_id
          OR lower(booking.during) >= pack.expires_at`,
  },
  {
    // A rule binds the claims that are made while it is in force, what a round has drawn among them.
    name: 'no member claims more than a quota in a period, by the live claims made since the rule and their class were set',
    counted: `
      SELECT count(*) FROM membership AS member
        JOIN quota_rule AS rule ON rule.coop_id = member.coop_id AND rule.member_class = member.class`,
    violations: `
      SELECT member.coop_id, member.account_id, rule.cell_kind, rule.period,
             date_trunc(rule.period, lower(claim.during) AT TIME ZONE hall.time_zone) AS since
        FROM membership AS member
        JOIN quota_rule AS rule ON rule.coop_id = member.coop_id AND rule.member_class = member.class
        JOIN booking AS claim ON claim.coop_id = member.coop_id AND claim.account_id = member.account_id
         AND claim.ended_at IS NULL
         AND (claim.state = 'confirmed' OR claim.expires_at > app_now())
         AND claim.held_at > greatest(rule.set_at, member.class_set_at)
        JOIN cell ON cell.coop_id = claim.coop_id AND cell.id = claim.cell_id AND rule.cell_kind IN ('*', cell.kind)
        JOIN workshop AS hall ON hall.coop_id = claim.coop_id AND hall.id = claim.workshop_id
       GROUP BY member.coop_id, member.account_id, rule.cell_kind, rule.period, rule.minutes, since
      HAVING sum(extract(epoch FROM upper(claim.during) - lower(claim.during)) / 60) > rule.minutes`,
  },
];
