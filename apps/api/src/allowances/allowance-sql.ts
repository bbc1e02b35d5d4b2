import type { Allowance } from '@touchmark/allowances';

const epochMs = (at: string): string => `(extract(epoch FROM ${at}) * 1000)::bigint`;

// A month and the widest distance between two zones: every claim that can share a period with `fromAt`.
const NEAR = `interval '33 days'`;

/** SQL expressions (parameters or columns) for whose allowance is asked, and for what. */
export interface AllowanceSql {
  readonly coopId: string;
  readonly accountId: string;
  /** The kind of cell, as text; null for every kind. */
  readonly cellKind: string;
  /** The start of the window. */
  readonly fromAt: string;
}

const rulesJson = ({ coopId, cellKind }: AllowanceSql): string => `
  SELECT json_agg(json_build_object('cellKind', nullif(rule.cell_kind, '*'), 'period', rule.period,
      'minutes', rule.minutes) ORDER BY rule.cell_kind, rule.period)
    FROM quota_rule AS rule
   WHERE rule.coop_id = ${coopId} AND rule.member_class = member.class
     AND (${cellKind} IS NULL OR rule.cell_kind IN ('*', ${cellKind}))`;

// Kind and zone by a look-up per claim: they are few, and a join might read every workshop of the installation.
const claimsJson = ({ coopId, accountId, fromAt }: AllowanceSql): string => `
  SELECT json_agg(json_build_object(
      'cellKind', (SELECT kind FROM cell WHERE cell.coop_id = own.coop_id AND cell.id = own.cell_id),
      'zone', (SELECT time_zone FROM workshop WHERE workshop.coop_id = own.coop_id AND workshop.id = own.workshop_id),
      'fromAt', ${epochMs('lower(own.during)')}, 'toAt', ${epochMs('upper(own.during)')},
      'expiresAt', CASE WHEN own.state = 'held' THEN ${epochMs('own.expires_at')} END))
    FROM booking AS own
   WHERE own.coop_id = ${coopId} AND own.account_id = ${accountId} AND own.ended_at IS NULL
     AND lower(own.during) > ${fromAt}::timestamptz - ${NEAR} AND lower(own.during) < ${fromAt}::timestamptz + ${NEAR}`;

const grantsJson = ({ coopId, accountId, cellKind, fromAt }: AllowanceSql): string => `
  SELECT json_agg(json_build_object('id', pack.id, 'cellKind', pack.cell_kind, 'minutes', pack.minutes,
      'spentMinutes', pack.spent_minutes, 'expiresAt', ${epochMs('pack.expires_at')},
      'reserved', (SELECT coalesce(json_agg(json_build_object('minutes', aside.minutes,
            'expiresAt', ${epochMs('held.expires_at')})), '[]')
          FROM credit_use AS aside JOIN booking AS held ON held.coop_id = aside.coop_id AND held.id = aside.booking_id
         WHERE aside.coop_id = pack.coop_id AND aside.grant_id = pack.id AND aside.state = 'reserved'
           AND held.state = 'held')))
    FROM credit_grant AS pack
   WHERE pack.coop_id = ${coopId} AND pack.account_id = ${accountId} AND pack.closed_at IS NULL
     AND pack.expires_at > ${fromAt} AND (${cellKind} IS NULL OR pack.cell_kind IS NULL OR pack.cell_kind = ${cellKind})`;

/**
 * The member's allowance as JSON text, to be read in the statement that loads what a claim is decided on, under the
 * lock of the membership; `allowanceOf` reads it. Null when there is no such member.
 */
export const allowanceJson = (of: AllowanceSql): string => `(
  SELECT json_build_object('rules', coalesce((${rulesJson(of)}), '[]'),
    'claims', CASE WHEN EXISTS (SELECT FROM quota_rule AS any_rule WHERE any_rule.coop_id = ${of.coopId}
        AND any_rule.member_class = member.class) THEN (${claimsJson(of)}) END,
    'grants', (${grantsJson(of)}))::text
    FROM membership AS member WHERE member.coop_id = ${of.coopId} AND member.account_id = ${of.accountId})`;

/** What `allowanceJson` gave; null is nobody's allowance: no rule and no credits. */
export function allowanceOf(text: string | null): Allowance {
  const read =
    text === null ? null : (JSON.parse(text) as { [Key in keyof Allowance]: Allowance[Key] | null });
  return { rules: read?.rules ?? [], claims: read?.claims ?? [], grants: read?.grants ?? [] };
}
