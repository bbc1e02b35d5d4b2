import { isInstant } from './hold.js';
import { DAY_MS } from './window.js';

/** The shortest and longest time in which orders are taken, in days of 24 hours. */
export const MIN_COMMIT_DAYS = 1;
export const MAX_COMMIT_DAYS = 14;

export type CommitWindowReason =
  'NOT_AN_INSTANT' | 'OPENS_IN_PAST' | 'CLOSES_BEFORE_OPENING' | 'TOO_SHORT' | 'TOO_LONG';

export type CommitWindowDecision =
  | { readonly kind: 'CommitWindowAccepted'; readonly opensAt: number; readonly closesAt: number }
  | { readonly kind: 'CommitWindowInvalid'; readonly reason: CommitWindowReason; readonly message: string };

/** Decides whether a drop may take orders from `opensAt` until `closesAt`: from now on, for 1 to 14 days of 24 hours. */
export function decideCommitWindow(input: {
  readonly opensAt: number;
  readonly closesAt: number;
  readonly now: number;
}): CommitWindowDecision {
  const { opensAt, closesAt, now } = input;
  const refuse = (reason: CommitWindowReason, message: string): CommitWindowDecision => ({
    kind: 'CommitWindowInvalid',
    reason,
    message,
  });
  if (!isInstant(opensAt) || !isInstant(closesAt)) {
    return refuse(
      'NOT_AN_INSTANT',
      'The opening or closing time cannot be read. Give both as dates with time and zone.',
    );
  }
  if (opensAt < now) return refuse('OPENS_IN_PAST', 'The drop would open in the past. Open it now or later.');
  if (closesAt <= opensAt) {
    return refuse(
      'CLOSES_BEFORE_OPENING',
      'The drop would close before it opens. Close it 1 to 14 days after.',
    );
  }
  if (closesAt - opensAt < MIN_COMMIT_DAYS * DAY_MS) {
    return refuse('TOO_SHORT', 'The drop would be open for less than a day. Give people 1 to 14 days.');
  }
  if (closesAt - opensAt > MAX_COMMIT_DAYS * DAY_MS) {
    return refuse('TOO_LONG', 'The drop would be open for more than 14 days. Choose 1 to 14.');
  }
  return { kind: 'CommitWindowAccepted', opensAt, closesAt };
}
