import type { Ours } from './ours.ts';

/** The most that each call may cost. Opening is for any number of payees; revoking for a word nobody touched before. */
export const BUDGETS = {
  open: 55_000,
  anchor128: 60_000,
  perCertificate: 900,
  claimWarm: 95_000,
  claimCosigned: 103_000,
  revokeFirst: 52_000,
  revokeNext: 35_000,
  revokeManyEach: 7_000,
  splitterOpen: 80_000,
} as const satisfies Partial<Ours>;

/** One line for each budget that is missed. */
export function missed(found: Ours): string[] {
  return (Object.keys(BUDGETS) as (keyof typeof BUDGETS)[])
    .filter((name) => found[name] > BUDGETS[name])
    .map((name) => `${name} costs ${String(found[name])} gas, at most ${String(BUDGETS[name])} is allowed`);
}
