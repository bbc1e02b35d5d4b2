import { windowMinutes, type Window } from '@touchmark/calendar';
import type { QuotaRule } from './decide-quotas.js';
import { periodBounds, periodDay } from './period.js';

/** A claim of the member: `expiresAt` (epoch milliseconds) while it is a hold, null once it is confirmed. */
export interface MemberClaim extends Window {
  readonly cellKind: string;
  readonly zone: string;
  readonly expiresAt: number | null;
}

/** A bought pack with what is spent of it, and what live holds have set aside until their `expiresAt`. */
export interface CreditGrant {
  readonly id: string;
  readonly cellKind: string | null;
  readonly minutes: number;
  readonly spentMinutes: number;
  readonly expiresAt: number;
  readonly reserved: readonly { readonly minutes: number; readonly expiresAt: number }[];
}

/** All that bears on what a member may still claim: the rules of their class, their claims, their open grants. */
export interface Allowance {
  readonly rules: readonly Omit<QuotaRule, 'memberClass'>[];
  readonly claims: readonly MemberClaim[];
  readonly grants: readonly CreditGrant[];
}

/** A rule with the period in which an instant falls and what live claims take of it; left is never below zero. */
export interface QuotaUse extends Window {
  readonly cellKind: string | null;
  readonly period: QuotaRule['period'];
  readonly limitMinutes: number;
  readonly usedMinutes: number;
}

export interface CreditUse {
  readonly grantId: string;
  readonly minutes: number;
}

export interface AllowanceRequest {
  readonly zone: string;
  readonly cellKind: string;
  readonly window: Window;
  readonly useCredits: boolean;
  readonly now: number;
}

export interface QuotaExceeded extends QuotaUse {
  readonly kind: 'QuotaExceeded';
  readonly message: string;
}

export type AllowanceDecision =
  | {
      readonly kind: 'AllowanceAccepted';
      readonly creditUses: readonly CreditUse[];
      readonly creditMinutes: number;
    }
  | QuotaExceeded;

const isLive = ({ expiresAt }: { readonly expiresAt: number | null }, now: number): boolean =>
  expiresAt === null || now < expiresAt;

/** What each rule gives in the period of `at` and what live claims take of it; a claim counts whole where it starts. */
export function quotaUses(
  { rules, claims }: Pick<Allowance, 'rules' | 'claims'>,
  zone: string,
  at: number,
  now: number,
): QuotaUse[] {
  return rules.map(({ cellKind, period, minutes }) => {
    const day = periodDay(period, zone, at);
    const usedMinutes = claims
      .filter((claim) => cellKind === null || claim.cellKind === cellKind)
      .filter((claim) => isLive(claim, now) && periodDay(period, claim.zone, claim.fromAt) === day)
      .reduce((sum, claim) => sum + windowMinutes(claim), 0);
    return { ...periodBounds(period, zone, at), cellKind, period, limitMinutes: minutes, usedMinutes };
  });
}

/** The minutes of a grant that neither bookings nor live holds have. */
export function minutesLeft({ minutes, spentMinutes, reserved }: CreditGrant, now: number): number {
  const aside = reserved.filter((use) => isLive(use, now)).reduce((sum, use) => sum + use.minutes, 0);
  return minutes - spentMinutes - aside;
}

const byExpiry = (a: CreditGrant, b: CreditGrant): number =>
  a.expiresAt - b.expiresAt || (a.id < b.id ? -1 : 1);

function usesOf(grants: readonly CreditGrant[], request: AllowanceRequest): CreditUse[] {
  let wanted = windowMinutes(request.window);
  const uses: CreditUse[] = [];
  for (const grant of grants.toSorted(byExpiry)) {
    if (grant.cellKind !== null && grant.cellKind !== request.cellKind) continue;
    if (grant.expiresAt <= request.window.fromAt) continue;
    const minutes = Math.min(wanted, minutesLeft(grant, request.now));
    if (minutes <= 0) continue;
    uses.push({ grantId: grant.id, minutes });
    wanted -= minutes;
  }
  return uses;
}

function exceeded(use: QuotaUse, minutes: number): QuotaExceeded {
  const on = use.cellKind === null ? '' : ` on ${use.cellKind}`;
  const left = Math.max(use.limitMinutes - use.usedMinutes, 0);
  return {
    kind: 'QuotaExceeded',
    ...use,
    message:
      `Your quota${on} is ${String(use.limitMinutes)} minutes a ${use.period}; ${String(left)} are left and ` +
      `${String(minutes)} were asked for. Ask for less, or for a day after this ${use.period}.`,
  };
}

/**
 * Decides whether a member may claim a window (epoch milliseconds) on a kind of cell: within every quota that applies,
 * in the period in which the window starts. Accepted, it names the credits to use, soonest to expire first, each valid
 * at the start of the window; none unless they are asked for.
 */
export function decideAllowance(allowance: Allowance, request: AllowanceRequest): AllowanceDecision {
  const { zone, cellKind, window, now } = request;
  const minutes = windowMinutes(window);
  const rules = allowance.rules.filter((rule) => rule.cellKind === null || rule.cellKind === cellKind);
  const over = quotaUses({ ...allowance, rules }, zone, window.fromAt, now).find(
    (use) => use.usedMinutes + minutes > use.limitMinutes,
  );
  if (over !== undefined) return exceeded(over, minutes);
  const creditUses = request.useCredits ? usesOf(allowance.grants, request) : [];
  const creditMinutes = creditUses.reduce((sum, use) => sum + use.minutes, 0);
  return { kind: 'AllowanceAccepted', creditUses, creditMinutes };
}
