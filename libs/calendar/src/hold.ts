import { choosePlacement } from './changeover/choose-placement.js';
import { NO_CHANGEOVER, type ChangeoverMatrix } from './changeover/matrix.js';
import { nextPlacements } from './changeover/next-placements.js';
import { openAround } from './changeover/open-time.js';
import type { Placement } from './changeover/place.js';
import type { StationTimeline } from './changeover/timeline.js';
import { onGrid } from './grid.js';
import { MINUTE_MS, windowMinutes, type Window } from './window.js';

/** All that a hold is decided on; instants in epoch milliseconds. */
export interface HoldRequest {
  readonly now: number;
  readonly window: Window;
  readonly zone: string;
  readonly gridMinutes: number;
  readonly maxMinutes: number;
  /** Nothing may be booked beyond it. */
  readonly horizonAt: number;
  /** What the station is to be set up for; null on a cell without setup families. */
  readonly family: string | null;
  readonly matrix: ChangeoverMatrix;
  /** When each hold of this member lapses, dead ones included: time decides, not state. */
  readonly memberHoldsExpireAt: readonly number[];
  readonly holdLimit: number;
  readonly holdMinutes: number;
  /** The stations to choose from, loaded from the last claim before the window to the first one after it. */
  readonly stations: readonly StationTimeline[];
}

export type WindowInvalidReason =
  'NOT_AN_INSTANT' | 'ENDS_BEFORE_START' | 'OFF_GRID' | 'TOO_LONG' | 'BEYOND_HORIZON';

export interface HoldAccepted {
  readonly kind: 'HoldAccepted';
  readonly placement: Placement;
  /** Why this station and no other, for a person. */
  readonly because: string;
  readonly expiresAt: number;
}

export type HoldRefusal =
  | { readonly kind: 'WindowInvalid'; readonly reason: WindowInvalidReason; readonly message: string }
  | { readonly kind: 'WindowInPast'; readonly now: number; readonly message: string }
  | { readonly kind: 'OutsideOpeningHours'; readonly message: string }
  | { readonly kind: 'HoldLimitReached'; readonly limit: number; readonly message: string }
  | { readonly kind: 'SlotTaken'; readonly message: string };

export type HoldDecision = HoldAccepted | HoldRefusal;

const LAST_INSTANT = Date.UTC(9999, 0);

/** True for whole epoch milliseconds between the years 1970 and 9999. */
export function isInstant(at: number): boolean {
  return Number.isSafeInteger(at) && at >= 0 && at <= LAST_INSTANT;
}

type WindowRequest = Pick<
  HoldRequest,
  'window' | 'zone' | 'gridMinutes' | 'maxMinutes' | 'horizonAt' | 'now'
>;

/**
 * Decides whether a window can be booked at all: readable, on the grid, not too long, ahead and within the horizon;
 * null when it can.
 */
export function refuseWindow({
  window,
  zone,
  gridMinutes,
  maxMinutes,
  horizonAt,
  now,
}: WindowRequest): HoldRefusal | null {
  const invalid = (reason: WindowInvalidReason, message: string): HoldRefusal => ({
    kind: 'WindowInvalid',
    reason,
    message,
  });
  const { fromAt, toAt } = window;
  if (!isInstant(fromAt) || !isInstant(toAt)) {
    return invalid(
      'NOT_AN_INSTANT',
      'The window has no readable start and end. Give both as dates with time and zone.',
    );
  }
  if (toAt <= fromAt) {
    return invalid('ENDS_BEFORE_START', 'The window ends before it starts. Choose an end after the start.');
  }
  // Across a clock change both edges can be on the grid without a whole number of steps between them.
  const wholeSteps = windowMinutes(window) % gridMinutes === 0;
  if (!wholeSteps || !onGrid(zone, gridMinutes, fromAt) || !onGrid(zone, gridMinutes, toAt)) {
    return invalid(
      'OFF_GRID',
      `The window is off the grid. Start and end on a multiple of ${gridMinutes} minutes, whole steps apart.`,
    );
  }
  if (windowMinutes(window) > maxMinutes) {
    return invalid(
      'TOO_LONG',
      `The window has ${windowMinutes(window)} minutes. Choose at most ${maxMinutes}.`,
    );
  }
  if (fromAt < now) {
    return {
      kind: 'WindowInPast',
      now,
      message: 'The window starts in the past. Choose a start from now on.',
    };
  }
  return toAt > horizonAt
    ? invalid('BEYOND_HORIZON', 'The window is too far ahead to be booked yet. Choose an earlier one.')
    : null;
}

/**
 * Decides whether a member may hold a window, and on which station: the one that causes the least changeover, then
 * leaves the calendar least fragmented. Refuses in the order of HoldRefusal.
 */
export function decideHold(request: HoldRequest): HoldDecision {
  const { window, stations, family, matrix, now, holdLimit, memberHoldsExpireAt } = request;
  const invalid = refuseWindow(request);
  if (invalid) return invalid;
  if (!stations.some(({ open }) => openAround(open, window))) {
    const message =
      'The window is not inside the opening hours. Choose one that is, such as the next opening.';
    return { kind: 'OutsideOpeningHours', message };
  }
  if (memberHoldsExpireAt.filter((expiresAt) => now < expiresAt).length >= holdLimit) {
    const message = `You already hold ${holdLimit} slots, the most at one time. Confirm or release one first.`;
    return { kind: 'HoldLimitReached', limit: holdLimit, message };
  }
  const chosen = choosePlacement(stations, matrix, window, family, now);
  if (chosen === null) {
    return {
      kind: 'SlotTaken',
      message:
        'No station is free then, with the changeovers it would need. Choose another time, such as the next free one.',
    };
  }
  return { kind: 'HoldAccepted', ...chosen, expiresAt: now + request.holdMinutes * MINUTE_MS };
}

type OpeningRequest = Pick<HoldRequest, 'window' | 'zone' | 'gridMinutes' | 'horizonAt' | 'now' | 'stations'>;

const NOTHING_SET_UP: ChangeoverMatrix = {
  families: [],
  longestMinutes: 0,
  between: () => NO_CHANGEOVER,
};

/** The earliest grid start at or after the window's at which its length is open on a station, or null up to the horizon. */
export function nextOpening({
  window,
  zone,
  gridMinutes,
  horizonAt,
  now,
  stations,
}: OpeningRequest): number | null {
  const empty = stations.map((station) => ({ ...station, familyBefore: null, busyUntil: null, claims: [] }));
  const [next] = nextPlacements(
    empty,
    NOTHING_SET_UP,
    null,
    windowMinutes(window),
    window.fromAt,
    horizonAt,
    zone,
    gridMinutes,
    now,
    1,
  );
  return next?.fromAt ?? null;
}
