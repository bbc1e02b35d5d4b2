import { Inject, Injectable } from '@nestjs/common';
import {
  DAY_MS,
  dayWindow,
  decideHold,
  nextPlacements,
  wallTime,
  windowMinutes,
  type HoldAccepted,
  type Window,
} from '@touchmark/calendar';
import type { Transaction } from '../../platform/database/index.js';
import type { LockedCell } from '../claims/locked-cell.js';
import type { SlotAlternative } from '../hold-slot/hold-slot.types.js';
import { horizonOf } from '../hold-slot/refusals.js';
import { CellForMember } from '../terms/cell-for-member.js';
import { refuseInduction, type Terms } from '../terms/member-terms.js';
import type { TermsRow } from '../terms/terms-sql.js';
import type { SeriesConflict, SeriesOccurrence } from './series.types.js';

// Enough to find the one that is nearest on a day.
const MOST_ON_A_DAY = 48;

/** What all occurrences of a series have in common. */
export interface SeriesWish {
  readonly family: string | null;
  readonly stationId: string | null;
  readonly useCredits: boolean;
}

/** An occurrence that can be had. */
export interface OccurrenceAgreed {
  readonly kind: 'OccurrenceAgreed';
  readonly window: Window;
  readonly decision: HoldAccepted;
  readonly terms: Terms;
}

/** An occurrence that cannot, and why. */
export interface OccurrenceRefused {
  readonly kind: 'OccurrenceRefused';
  readonly window: Window;
  readonly conflict: SeriesConflict;
}

export type OccurrenceDecision = OccurrenceAgreed | OccurrenceRefused;

/** Decides one occurrence of a series as a hold would be decided, on a cell that is loaded to the horizon. */
@Injectable()
export class DecideOccurrence {
  constructor(@Inject(CellForMember) private readonly members: CellForMember) {}

  async run(
    tx: Transaction,
    cell: LockedCell,
    row: TermsRow,
    window: Window,
    { family, stationId, useCredits }: SeriesWish,
  ): Promise<OccurrenceDecision> {
    const { timeZone: zone, gridMinutes, maxMinutes } = cell.facts;
    const stations = stationId === null ? cell.timelines() : [cell.timeline(stationId)];
    const refuse = (reason: string, message: string, alternative: SlotAlternative | null = null) => ({
      kind: 'OccurrenceRefused' as const,
      window,
      conflict: { reason, message, alternative },
    });
    const decision = decideHold({
      ...{ window, zone, gridMinutes, maxMinutes, family, matrix: cell.matrix, stations },
      // Nothing of a series is held: it is booked at once, or not at all.
      ...{ holdLimit: Infinity, memberHoldsExpireAt: [], holdMinutes: 0 },
      ...{ now: cell.now.getTime(), horizonAt: horizonOf(cell) },
    });
    if (decision.kind !== 'HoldAccepted') {
      return refuse(decision.kind, decision.message, nearest(cell, window, family));
    }
    const induction = refuseInduction(cell, row);
    if (induction !== null) return refuse(induction.kind, induction.message);
    const { marginal } = decision.placement;
    const request = { window, marginal, maxPriceMinor: null, useCredits };
    const terms = await this.members.decide(tx, { cell, terms: row }, request);
    return terms.kind === 'TermsAccepted'
      ? { kind: 'OccurrenceAgreed', window, decision, terms }
      : refuse(terms.kind, terms.message);
  }
}

/** The nearest window of the same length on the same day, by the clocks; else the next one on a later day. */
function nearest(cell: LockedCell, window: Window, family: string | null): SlotAlternative | null {
  const { timeZone: zone, gridMinutes } = cell.facts;
  const [now, minutes] = [cell.now.getTime(), windowMinutes(window)];
  const day = dayWindow(zone, wallTime(zone, window.fromAt).epochDay);
  const near = (from: number, to: number, limit: number) =>
    nextPlacements(
      ...([cell.timelines(), cell.matrix, family, minutes, from, Math.min(to, horizonOf(cell))] as const),
      ...([zone, gridMinutes, now, limit] as const),
    );
  const distance = ({ fromAt }: Window): number => Math.abs(fromAt - window.fromAt);
  const [best] = near(day.fromAt, day.toAt + DAY_MS / 2, MOST_ON_A_DAY)
    .filter(({ fromAt }) => fromAt < day.toAt)
    .sort((a, b) => distance(a) - distance(b));
  const [found] = best === undefined ? near(day.toAt, Infinity, 1) : [best];
  if (found === undefined) return null;
  const { stationId, fromAt, toAt } = found;
  return { stationId, fromAt: new Date(fromAt), toAt: new Date(toAt) };
}

/** A decision as the schema shows it. */
export function occurrenceOf(decision: OccurrenceDecision): SeriesOccurrence {
  const [fromAt, toAt] = [new Date(decision.window.fromAt), new Date(decision.window.toAt)];
  if (decision.kind === 'OccurrenceRefused') {
    const nothing = { stationId: null, because: null, priceMinor: null, priceLines: null };
    return { fromAt, toAt, ...nothing, conflict: decision.conflict };
  }
  const { because, placement } = decision.decision;
  const { priceMinor, priceLines } = decision.terms;
  const { stationId } = placement;
  return { fromAt, toAt, stationId, because, priceMinor, priceLines, conflict: null };
}
