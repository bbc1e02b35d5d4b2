import { decideAllowance, type CreditUse } from '@touchmark/allowances';
import { MINUTE_MS, type Changeover, type Window } from '@touchmark/calendar';
import { localDay, quotePrice, type PriceLine } from '@touchmark/pricing';
import { allowanceOf } from '../../allowances/index.js';
import { tariffOf } from '../../pricing/index.js';
import type { LockedCell } from '../claims/locked-cell.js';
import { InductionNeeded, PriceAboveMax, QuotaExceeded } from './terms.types.js';
import type { TermsRow } from './terms-sql.js';

/** A claim's frozen price, and the prepaid minutes that are set aside for it. */
export interface Terms {
  readonly kind: 'TermsAccepted';
  readonly priceMinor: bigint;
  readonly priceLines: PriceLine[];
  readonly creditUses: readonly CreditUse[];
}

/** What a member asks for besides the window. */
export interface TermsRequest {
  readonly window: Window;
  /** Changeover that the placement causes or saves. */
  readonly marginal: Changeover;
  readonly maxPriceMinor: bigint | null;
  readonly useCredits: boolean;
}

export type TermsDecision = Terms | InductionNeeded | QuotaExceeded | PriceAboveMax;

/** The stretch that a price needs to have loaded: the local day of the window when the load of the day counts, else null. */
export function dayOfPrice(cell: LockedCell, row: TermsRow, window: Window): Window | null {
  return tariffOf(row.tariff).load.enabled ? localDay(cell.facts.timeZone, window.fromAt) : null;
}

/** Refuses a member who has not been shown how to work on this kind of cell. */
export function refuseInduction(cell: LockedCell, { induction }: TermsRow): InductionNeeded | null {
  return induction === null ? null : new InductionNeeded(cell.facts.kind, induction);
}

/**
 * Decides quota, credits and price of a window that has been placed; `day` is the cell as it stands on the whole local
 * day of the window, where the tariff looks at it.
 */
export function decideTerms(
  cell: LockedCell,
  row: TermsRow,
  request: TermsRequest,
  day: LockedCell = cell,
): TermsDecision {
  const { window, marginal, maxPriceMinor, useCredits } = request;
  const { timeZone: zone, kind: cellKind } = cell.facts;
  const now = cell.now.getTime();
  const asked = { zone, cellKind, window, useCredits, now };
  const allowed = decideAllowance(allowanceOf(row.allowance), asked);
  if (allowed.kind === 'QuotaExceeded') {
    const { limitMinutes, usedMinutes, toAt, message } = allowed;
    return new QuotaExceeded(limitMinutes, usedMinutes, new Date(toAt), message);
  }
  const tariff = tariffOf(row.tariff);
  const { lines, totalMinor } = quotePrice({
    ...{ tariff, hourlyRateMinor: cell.hourlyRateMinor, window, zone, marginal },
    utilisationPercent: tariff.load.enabled ? day.utilisationAt(window.fromAt) : 0,
    leadMinutes: Math.floor((window.fromAt - now) / MINUTE_MS),
    buyer: { kind: 'member', class: row.memberClass ?? 'standard' },
    creditMinutes: allowed.creditMinutes,
  });
  if (maxPriceMinor !== null && totalMinor > maxPriceMinor)
    return new PriceAboveMax(totalMinor, maxPriceMinor);
  // Where they take nothing off, because nothing is to be paid for the time, the minutes stay their member's.
  const creditUses = lines.some(({ code }) => code === 'credit') ? allowed.creditUses : [];
  return { kind: 'TermsAccepted', priceMinor: totalMinor, priceLines: [...lines], creditUses };
}
