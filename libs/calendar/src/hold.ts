import { priceOfMinutes } from '@touchmark/money';
import { chooseStation } from './choose-station.js';
import { firstFit, gridWindows, onGrid } from './grid.js';
import { clip, contains, freeWindows, MINUTE_MS, windowMinutes, type Window } from './window.js';

/** What already stands on a station: a confirmed booking (`expiresAt` null) or a hold that is alive before it. */
export interface Claim extends Window {
  readonly expiresAt: number | null;
}

/** A station that could take the window, with its claims up to the horizon. */
export interface StationCandidate {
  readonly stationId: string;
  readonly claims: readonly Claim[];
}

/** All that a hold is decided on; money in minor units, instants in epoch milliseconds. */
export interface HoldRequest {
  readonly now: number;
  readonly window: Window;
  readonly zone: string;
  readonly gridMinutes: number;
  readonly maxMinutes: number;
  /** Nothing may be booked beyond it; open windows and claims are known up to it. */
  readonly horizonAt: number;
  /** Sorted windows in which the cell is open, as openWindows gives them. */
  readonly open: readonly Window[];
  /** When each hold of this member lapses, dead ones included: time decides, not state. */
  readonly memberHoldsExpireAt: readonly number[];
  readonly holdLimit: number;
  readonly holdMinutes: number;
  readonly stations: readonly StationCandidate[];
  readonly hourlyRateMinor: bigint;
  readonly maxPriceMinor: bigint | null;
}

export type WindowInvalidReason =
  'NOT_AN_INSTANT' | 'ENDS_BEFORE_START' | 'OFF_GRID' | 'TOO_LONG' | 'BEYOND_HORIZON';

export interface HoldAccepted {
  readonly kind: 'HoldAccepted';
  readonly stationId: string;
  readonly priceMinor: bigint;
  readonly expiresAt: number;
}

export type HoldRefusal =
  | { readonly kind: 'WindowInvalid'; readonly reason: WindowInvalidReason; readonly message: string }
  | { readonly kind: 'WindowInPast'; readonly now: number; readonly message: string }
  | { readonly kind: 'OutsideOpeningHours'; readonly nextOpen: number | null; readonly message: string }
  | { readonly kind: 'HoldLimitReached'; readonly limit: number; readonly message: string }
  | { readonly kind: 'PriceAboveMax'; readonly priceMinor: bigint; readonly message: string }
  | { readonly kind: 'SlotTaken'; readonly freeFrom: number | null; readonly message: string };

export type HoldDecision = HoldAccepted | HoldRefusal;

const LAST_INSTANT = Date.UTC(9999, 0);

/** True for whole epoch milliseconds between the years 1970 and 9999. */
export function isInstant(at: number): boolean {
  return Number.isSafeInteger(at) && at >= 0 && at <= LAST_INSTANT;
}

/** The claims that are alive now: bookings, and holds until the very moment they lapse (now >= expiresAt is dead). */
export function liveClaims<C extends Claim>(claims: readonly C[], now: number): C[] {
  return claims.filter(({ expiresAt }) => expiresAt === null || now < expiresAt);
}

function refuseWindow({
  window,
  zone,
  gridMinutes,
  maxMinutes,
  horizonAt,
  now,
}: HoldRequest): HoldRefusal | null {
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

function refuseMember(request: HoldRequest, priceMinor: bigint): HoldRefusal | null {
  const { memberHoldsExpireAt, holdLimit, maxPriceMinor, now } = request;
  if (memberHoldsExpireAt.filter((expiresAt) => now < expiresAt).length >= holdLimit) {
    const message = `You already hold ${holdLimit} slots, the most at one time. Confirm or release one first.`;
    return { kind: 'HoldLimitReached', limit: holdLimit, message };
  }
  if (maxPriceMinor !== null && priceMinor > maxPriceMinor) {
    const message = `The price is ${priceMinor} minor units, above your limit of ${maxPriceMinor}. Raise it or book less.`;
    return { kind: 'PriceAboveMax', priceMinor, message };
  }
  return null;
}

/** The earliest grid start at or after the window's at which its length fits into one of the lists of free windows. */
function nextStart(request: HoldRequest, lists: readonly (readonly Window[])[]): number | null {
  const earliest = Math.min(...lists.map((free) => nextStartIn(request, free) ?? Infinity));
  return earliest === Infinity ? null : earliest;
}

// Gap by gap: the grid of a zone is dear to work out, and an early gap usually fits.
function nextStartIn(
  { window, zone, gridMinutes, horizonAt }: HoldRequest,
  free: readonly Window[],
): number | null {
  const lengthMs = window.toAt - window.fromAt;
  for (const gap of free) {
    const ahead = clip(gap, { fromAt: window.fromAt, toAt: horizonAt });
    if (!ahead || ahead.toAt - ahead.fromAt < lengthMs) continue;
    const startAt = firstFit(gridMinutes, gridWindows(zone, gridMinutes, [ahead]), lengthMs, window.fromAt);
    if (startAt !== null) return startAt;
  }
  return null;
}

/**
 * Decides whether a member may hold a window, on which station and at what price: the station that leaves the
 * calendar least fragmented takes it. Each refusal carries what the caller needs to do better: the next opening and
 * the next free start at which the same length fits, or null when there is none up to the horizon.
 */
export function decideHold(request: HoldRequest): HoldDecision {
  const { window, open, stations, now } = request;
  const invalid = refuseWindow(request);
  if (invalid) return invalid;
  if (!open.some((hours) => contains(hours, window))) {
    const nextOpen = nextStart(request, [open]);
    const message =
      'The window is not inside the opening hours. Choose one that is, such as the next opening.';
    return { kind: 'OutsideOpeningHours', nextOpen, message };
  }
  const priceMinor = priceOfMinutes(request.hourlyRateMinor, windowMinutes(window));
  const refused = refuseMember(request, priceMinor);
  if (refused) return refused;
  const free = stations.map(({ stationId, claims }) => ({
    stationId,
    free: freeWindows(open, liveClaims(claims, now)),
  }));
  const stationId = chooseStation(free, window, now);
  if (stationId === null) {
    const freeFrom = nextStart(
      request,
      free.map((station) => station.free),
    );
    return {
      kind: 'SlotTaken',
      freeFrom,
      message: 'No station is free then. Choose another time, such as the next free one.',
    };
  }
  return { kind: 'HoldAccepted', stationId, priceMinor, expiresAt: now + request.holdMinutes * MINUTE_MS };
}
