/** How long before its window a booking may be checked in, in milliseconds. */
export const CHECK_IN_EARLY_MS = 15 * 60_000;

export type CheckInDecision =
  | { readonly kind: 'CheckInAllowed' }
  | { readonly kind: 'TooEarly'; readonly opensAt: number; readonly message: string };

/** Decides whether work that is booked from `fromAt` may begin at `now`; both are epoch milliseconds. */
export function decideCheckIn(input: { readonly now: number; readonly fromAt: number }): CheckInDecision {
  const opensAt = input.fromAt - CHECK_IN_EARLY_MS;
  if (input.now >= opensAt) return { kind: 'CheckInAllowed' };
  const message = `The window has not begun. Check it in from ${new Date(opensAt).toISOString()} on, 15 minutes before it starts.`;
  return { kind: 'TooEarly', opensAt, message };
}
