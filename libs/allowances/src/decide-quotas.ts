import type { Period } from './period.js';

/** So many minutes in a period for the members of one class on one kind of cell, or on all of them together (null). */
export interface QuotaRule {
  readonly memberClass: string;
  readonly cellKind: string | null;
  readonly period: Period;
  readonly minutes: number;
}

export const MOST_QUOTA_RULES = 100;
const MONTH_MINUTES = 31 * 1440;
const WORD = /^[a-z][a-z0-9-]{0,31}$/;

export type QuotasDecision =
  { readonly kind: 'QuotasAccepted' } | { readonly kind: 'QuotasInvalid'; readonly message: string };

const same = (a: QuotaRule, b: QuotaRule): boolean =>
  a.memberClass === b.memberClass && a.cellKind === b.cellKind && a.period === b.period;

function faultOf(rule: QuotaRule, before: readonly QuotaRule[]): string | null {
  if (!WORD.test(rule.memberClass))
    return 'has a class of members that is no word of 1 to 32 lower case letters, digits and dashes';
  if (rule.cellKind !== null && !WORD.test(rule.cellKind))
    return 'has a kind of cell that is no word; leave it out for all kinds together';
  if (!Number.isInteger(rule.minutes) || rule.minutes < 0 || rule.minutes > MONTH_MINUTES)
    return `allows ${String(rule.minutes)} minutes; give a whole number from 0 to ${String(MONTH_MINUTES)}`;
  return before.some((other) => same(rule, other))
    ? 'is there twice: one rule for each class, kind and period'
    : null;
}

/** Accepts a co-op's whole set of quota rules, or names the first rule (counted from 1) that cannot be. */
export function decideQuotas(rules: readonly QuotaRule[]): QuotasDecision {
  if (rules.length > MOST_QUOTA_RULES)
    return {
      kind: 'QuotasInvalid',
      message: `There are ${String(rules.length)} rules; give at most ${String(MOST_QUOTA_RULES)}.`,
    };
  for (const [index, rule] of rules.entries()) {
    const fault = faultOf(rule, rules.slice(0, index));
    if (fault !== null) return { kind: 'QuotasInvalid', message: `Rule ${String(index + 1)} ${fault}.` };
  }
  return { kind: 'QuotasAccepted' };
}
