import {
  DAY_MS,
  nextOpening,
  nextPlacements,
  windowMinutes,
  type HoldRefusal,
  type Window,
} from '@touchmark/calendar';
import { HORIZON_DAYS } from '../claims/known-around.js';
import type { LockedCell } from '../claims/locked-cell.js';
import {
  HoldLimitReached,
  OutsideOpeningHours,
  SlotTaken,
  WindowInPast,
  WindowInvalid,
  type HoldSlotOutcome,
  type SlotAlternative,
  type SlotHeld,
} from './hold-slot.types.js';

const MOST_ALTERNATIVES = 3;

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** What was asked for and cannot be had. */
export interface Unserved {
  readonly window: Window;
  readonly family: string | null;
  readonly stationId: string | null;
}

/** The last moment that may be booked now. */
export const horizonOf = (cell: LockedCell): number => cell.now.getTime() + HORIZON_DAYS * DAY_MS;

/** The next windows of the same length on these stations (all of the cell, when none is named), earliest first. */
export function alternativesTo(
  { window, family }: Unserved,
  ahead: LockedCell,
  limit: number,
  stationId: string | null = null,
): SlotAlternative[] {
  const { timeZone, gridMinutes } = ahead.facts;
  const timelines = stationId === null ? ahead.timelines() : [ahead.timeline(stationId)];
  const [minutes, now] = [windowMinutes(window), ahead.now.getTime()];
  return nextPlacements(
    timelines,
    ahead.matrix,
    family,
    minutes,
    window.fromAt,
    horizonOf(ahead),
    timeZone,
    gridMinutes,
    now,
    limit,
  ).map((next) => ({
    stationId: next.stationId,
    fromAt: new Date(next.fromAt),
    toAt: new Date(next.toAt),
  }));
}

/** True when what is free instead helps the caller, so that it is worth looking ahead. */
export function looksAhead({ kind }: HoldRefusal): boolean {
  return kind === 'SlotTaken' || kind === 'OutsideOpeningHours';
}

/** A refusal as the schema has it; `ahead` is the cell up to the horizon for those that look ahead. */
export function refusalOf(
  refused: HoldRefusal,
  asked: Unserved,
  ahead: LockedCell,
): Exclude<HoldSlotOutcome, SlotHeld> {
  const { message } = refused;
  switch (refused.kind) {
    case 'SlotTaken': {
      const alternatives = alternativesTo(asked, ahead, MOST_ALTERNATIVES);
      const [first] =
        asked.stationId === null ? alternatives : alternativesTo(asked, ahead, 1, asked.stationId);
      return new SlotTaken(message, first?.fromAt ?? null, alternatives);
    }
    case 'OutsideOpeningHours':
      return new OutsideOpeningHours(message, dateOf(openingFor(asked, ahead)));
    case 'WindowInvalid':
      return new WindowInvalid(refused.reason, message);
    case 'WindowInPast':
      return new WindowInPast(message);
    case 'HoldLimitReached':
      return new HoldLimitReached(message, refused.limit);
    default:
      return refused satisfies never;
  }
}

function openingFor({ window, stationId }: Unserved, ahead: LockedCell): number | null {
  const { timeZone: zone, gridMinutes } = ahead.facts;
  const stations = stationId === null ? ahead.timelines() : [ahead.timeline(stationId)];
  const [horizonAt, now] = [horizonOf(ahead), ahead.now.getTime()];
  return nextOpening({ window, zone, gridMinutes, horizonAt, now, stations });
}
