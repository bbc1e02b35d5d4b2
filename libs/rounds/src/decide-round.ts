const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const MOST_ROUND_SLOTS = 50;
/** Between the deadline and the first slot: for the chain to be final, and for winners to answer. */
export const ROUND_NOTICE_MS = 2 * HOUR_MS;
/** How long a winner has to confirm, unless the slot starts before. */
export const WIN_HOLD_MS = 48 * HOUR_MS;

/** A round to be opened; times are epoch milliseconds. */
export interface RoundToDecide {
  readonly now: number;
  readonly deadlineAt: number;
  readonly cap: number;
  readonly slotStarts: readonly number[];
}

export type RoundDecision =
  | { readonly kind: 'RoundAccepted' }
  | {
      readonly kind: 'RoundInvalid';
      readonly field: 'slots' | 'deadlineAt' | 'cap';
      readonly message: string;
    };

/** Accepts a round of 1 to 50 slots with a cap of one or two and a deadline that is ahead, at most 60 days, and well before its slots. */
export function decideRound({ now, deadlineAt, cap, slotStarts }: RoundToDecide): RoundDecision {
  const invalid = (field: 'slots' | 'deadlineAt' | 'cap', message: string): RoundDecision => ({
    ...{ kind: 'RoundInvalid', field, message },
  });
  if (slotStarts.length < 1 || slotStarts.length > MOST_ROUND_SLOTS)
    return invalid(
      'slots',
      `A round has 1 to ${String(MOST_ROUND_SLOTS)} slots; got ${String(slotStarts.length)}.`,
    );
  if (cap !== 1 && cap !== 2)
    return invalid('cap', `The cap was ${String(cap)}; a member has two choices, so it is 1 or 2.`);
  if (!(deadlineAt > now) || deadlineAt > now + 60 * DAY_MS)
    return invalid(
      'deadlineAt',
      'The deadline must be ahead, by 60 days at most. Choose a later or nearer one.',
    );
  return Math.min(...slotStarts) >= deadlineAt + ROUND_NOTICE_MS
    ? { kind: 'RoundAccepted' }
    : invalid('deadlineAt', 'The deadline must be at least two hours before the first slot starts.');
}

/** Until when a winner may confirm: 48 hours from the draw or the start of the slot, whichever comes first. */
export function winExpiresAt(drawnAt: number, slotFromAt: number): number {
  return Math.min(drawnAt + WIN_HOLD_MS, slotFromAt);
}
