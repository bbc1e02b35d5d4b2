import { MINUTE_MS, type Window } from './window.js';

/** What a claim on a station is by its row; whether a hold is alive is decided by time, never by this alone. */
export type ClaimState = 'held' | 'confirmed' | 'released' | 'lapsed' | 'cancelled' | 'moved' | 'no_show';

/** A hold or booking at a moment, all instants in epoch milliseconds. */
export interface ClaimAt {
  readonly state: ClaimState;
  readonly window: Window;
  readonly expiresAt: number;
  /** When an operator noted that the work began, which may be before the window; null when it has not. */
  readonly checkedInAt: number | null;
  readonly now: number;
}

interface Lapsed {
  readonly kind: 'HoldLapsed';
  readonly expiredAt: number;
  readonly message: string;
}

interface NotHeld {
  readonly kind: 'NotHeld';
  readonly state: ClaimState;
  readonly message: string;
}

export type ConfirmDecision =
  | { readonly kind: 'ConfirmAccepted' }
  | { readonly kind: 'WindowInPast'; readonly now: number; readonly message: string }
  | Lapsed
  | NotHeld;
export type ReleaseDecision = { readonly kind: 'ReleaseAccepted' } | Lapsed | NotHeld;
export type CancelDecision =
  | { readonly kind: 'CancelAccepted' }
  | { readonly kind: 'BookingStarted'; readonly startedAt: number; readonly message: string }
  | { readonly kind: 'NotConfirmed'; readonly state: ClaimState; readonly message: string };

function refuseDead({ state, expiresAt, now }: ClaimAt): Lapsed | NotHeld | null {
  // A row may still say held after its time: the sweep only tidies up what time has decided.
  if (state === 'lapsed' || (state === 'held' && now >= expiresAt)) {
    return {
      kind: 'HoldLapsed',
      expiredAt: expiresAt,
      message: 'The hold has lapsed. Hold the slot again if it is still free.',
    };
  }
  if (state === 'held') return null;
  return {
    kind: 'NotHeld',
    state,
    message: `The slot is ${state}, not held. Look at your bookings, or hold it again.`,
  };
}

/** Decides whether a hold becomes a booking: it must be alive (now < expiresAt) and its window not over. */
export function decideConfirm(claim: ClaimAt): ConfirmDecision {
  const dead = refuseDead(claim);
  if (dead) return dead;
  if (claim.now >= claim.window.toAt) {
    return { kind: 'WindowInPast', now: claim.now, message: 'The window is over. Hold a later one.' };
  }
  return { kind: 'ConfirmAccepted' };
}

/** Decides whether a member may give a hold back: it must be alive (now < expiresAt). */
export function decideRelease(claim: ClaimAt): ReleaseDecision {
  return refuseDead(claim) ?? { kind: 'ReleaseAccepted' };
}

/** Decides whether a booking may be cancelled: confirmed, not checked in, and its window not begun (now < window.fromAt). */
export function decideCancel(claim: Omit<ClaimAt, 'expiresAt'>): CancelDecision {
  const { state, window, checkedInAt, now } = claim;
  if (state !== 'confirmed') {
    const message = `The slot is ${state}, not a booking. Only a confirmed booking can be cancelled; release a hold instead.`;
    return { kind: 'NotConfirmed', state, message };
  }
  if (checkedInAt !== null || now >= window.fromAt) {
    const message = 'The booking has started. Talk to the operator of the workshop instead.';
    return { kind: 'BookingStarted', startedAt: checkedInAt ?? window.fromAt, message };
  }
  return { kind: 'CancelAccepted' };
}

export type ExtendDecision =
  | { readonly kind: 'ExtendAccepted'; readonly expiresAt: number }
  | { readonly kind: 'AlreadyExtended'; readonly message: string }
  | Lapsed
  | NotHeld;

/** Decides whether a hold lasts `extraMinutes` longer, counted from when it would lapse: alive, and not extended before. */
export function decideExtend(
  claim: ClaimAt & { readonly extendedAt: number | null },
  extraMinutes: number,
): ExtendDecision {
  const dead = refuseDead(claim);
  if (dead) return dead;
  if (claim.extendedAt !== null) {
    const message = 'The hold was extended before, and that is possible once. Confirm it, or release it.';
    return { kind: 'AlreadyExtended', message };
  }
  return { kind: 'ExtendAccepted', expiresAt: claim.expiresAt + extraMinutes * MINUTE_MS };
}

export type MoveDecision =
  { readonly kind: 'MoveAccepted' } | Exclude<CancelDecision, { kind: 'CancelAccepted' }> | Lapsed;

/** Decides whether a claim may go to another window: a live hold, or a booking that could still be cancelled. */
export function decideMove(claim: ClaimAt): MoveDecision {
  if (claim.state === 'held' || claim.state === 'lapsed') {
    const dead = refuseDead(claim);
    return dead?.kind === 'HoldLapsed' ? dead : { kind: 'MoveAccepted' };
  }
  const cancelled = decideCancel(claim);
  return cancelled.kind === 'CancelAccepted' ? { kind: 'MoveAccepted' } : cancelled;
}

export type NoShowDecision =
  | { readonly kind: 'NoShowAccepted' }
  | { readonly kind: 'TooEarly'; readonly from: number; readonly message: string }
  | { readonly kind: 'CheckedIn'; readonly message: string }
  | { readonly kind: 'NotConfirmed'; readonly state: ClaimState; readonly message: string };

/** Decides whether a booking counts as not used: confirmed, not checked in, and so many minutes of its window gone. */
export function decideNoShow(claim: Omit<ClaimAt, 'expiresAt'>, afterMinutes: number): NoShowDecision {
  const { state, window, checkedInAt, now } = claim;
  if (state !== 'confirmed') {
    const message = `The slot is ${state}, not a booking. Only a confirmed booking can be a no-show.`;
    return { kind: 'NotConfirmed', state, message };
  }
  if (checkedInAt !== null) {
    const message = 'Work on the booking has begun. Check it out when it is done.';
    return { kind: 'CheckedIn', message };
  }
  const from = window.fromAt + afterMinutes * MINUTE_MS;
  if (now < from) {
    const message = `The booking is a no-show ${afterMinutes} minutes after its start at the earliest. Wait until then.`;
    return { kind: 'TooEarly', from, message };
  }
  return { kind: 'NoShowAccepted' };
}

/**
 * The minutes that a booking was used for, rounded up to whole minutes: from its start, or from the check-in if that was
 * earlier, to the check-out; never less than one.
 */
export function usedMinutes(window: Window, checkedInAt: number, checkedOutAt: number): number {
  const fromAt = Math.min(window.fromAt, checkedInAt);
  return Math.max(1, Math.ceil((checkedOutAt - fromAt) / MINUTE_MS));
}
