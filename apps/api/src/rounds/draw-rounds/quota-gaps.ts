import { decideAllowance, type Allowance } from '@touchmark/allowances';
import type { BeyondQuota } from '@touchmark/rounds';
import { allowanceOf } from '../../allowances/index.js';
import type { AllowedRow } from '../entries.repository.js';

interface Wish {
  readonly fromAt: number;
  readonly toAt: number;
  readonly allowance: Allowance;
}

/** What the quota of one who asked does not cover now (epoch milliseconds): a choice, or both together. */
export function quotaGaps(row: AllowedRow, now: number): BeyondQuota[] {
  const { cellKind, zone } = row;
  const covers = ({ fromAt, toAt, allowance }: Wish): boolean =>
    decideAllowance(allowance, { zone, cellKind, window: { fromAt, toAt }, useCredits: false, now }).kind ===
    'AllowanceAccepted';
  const first = wish(row.firstFromAt, row.firstToAt, row.firstAllowance);
  const second =
    row.secondFromAt === null || row.secondToAt === null
      ? null
      : wish(row.secondFromAt, row.secondToAt, row.secondAllowance);
  const gaps: BeyondQuota[] = covers(first) ? [] : ['first'];
  if (second === null) return gaps;
  if (!covers(second)) return [...gaps, 'second'];
  const won = { cellKind, zone, fromAt: first.fromAt, toAt: first.toAt, expiresAt: null };
  const { allowance } = second;
  const beside = { ...second, allowance: { ...allowance, claims: [...allowance.claims, won] } };
  return gaps.length > 0 || covers(beside) ? gaps : ['both'];
}

function wish(fromAt: Date, toAt: Date, allowance: string | null): Wish {
  return { fromAt: fromAt.getTime(), toAt: toAt.getTime(), allowance: allowanceOf(allowance) };
}
