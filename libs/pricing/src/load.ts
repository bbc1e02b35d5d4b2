import type { LoadCurve } from './tariff.js';

/**
 * What a load curve asks at a utilisation (whole percent) and lead time (minutes, below 0 counts as 0), in percent of a
 * percent: 10000 changes nothing. Each curve is a step rule: the last point that has been reached holds, 100 before the first.
 */
export function loadPerTenThousand(load: LoadCurve, utilisationPercent: number, leadMinutes: number): number {
  const byUse = percentFrom(load.utilisation, ({ atPercent }) => atPercent <= utilisationPercent);
  const lead = Math.max(0, leadMinutes);
  return byUse * percentFrom(load.leadTime, ({ hours }) => hours * 60 <= lead);
}

function percentFrom<P extends { readonly percent: number }>(
  curve: readonly P[],
  reached: (point: P) => boolean,
): number {
  return curve.findLast(reached)?.percent ?? 100;
}
