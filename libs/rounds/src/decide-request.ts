/** What a member asks of a round, by slot number, and the round as it stands; times are epoch milliseconds. */
export interface RequestToDecide {
  readonly first: number;
  readonly second: number | null;
  readonly slots: number;
  readonly deadlineAt: number;
  readonly now: number;
}

/** A round as it stands at a moment; times are epoch milliseconds. */
export interface RoundToChange {
  readonly open: boolean;
  readonly deadlineAt: number;
  readonly now: number;
}

export type ChangeDecision =
  { readonly kind: 'ChangeAccepted' } | { readonly kind: 'RoundClosed'; readonly message: string };

/** Accepts that a request is withdrawn, or a round called off, before the deadline of a round that is open. */
export function decideChange({ open, deadlineAt, now }: RoundToChange): ChangeDecision {
  if (open && now < deadlineAt) return { kind: 'ChangeAccepted' };
  const message =
    'The deadline of this round is over, or it was called off. What was fixed then stays as it is.';
  return { kind: 'RoundClosed', message };
}

export type RequestDecision =
  | { readonly kind: 'RequestAccepted' }
  | { readonly kind: 'RoundClosed'; readonly message: string }
  | { readonly kind: 'ChoiceInvalid'; readonly field: 'first' | 'second'; readonly message: string };

/** Accepts a request before the deadline whose choices are two different slots of the round, or one. */
export function decideRequest({ first, second, slots, deadlineAt, now }: RequestToDecide): RequestDecision {
  if (now >= deadlineAt)
    return {
      kind: 'RoundClosed',
      message: 'The deadline of this round is over and its requests are fixed. Ask in the next round.',
    };
  const exists = (slot: number): boolean => Number.isInteger(slot) && slot >= 1 && slot <= slots;
  const none = (field: 'first' | 'second', slot: number): RequestDecision => ({
    kind: 'ChoiceInvalid',
    field,
    message: `There is no slot ${String(slot)} in this round; choose from 1 to ${String(slots)}.`,
  });
  if (!exists(first)) return none('first', first);
  if (second !== null && !exists(second)) return none('second', second);
  return second === first
    ? {
        kind: 'ChoiceInvalid',
        field: 'second',
        message: 'Both choices are the same slot. Choose another second, or leave it out.',
      }
    : { kind: 'RequestAccepted' };
}
