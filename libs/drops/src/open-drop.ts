import { MAX_COMMIT_DAYS, MIN_COMMIT_DAYS, decideCommitWindow } from '@touchmark/calendar';

export interface DropAccepted {
  readonly kind: 'DropAccepted';
}

export type OpenDropRefusal =
  | {
      readonly kind: 'CommitWindowInvalid';
      readonly shortestDays: number;
      readonly longestDays: number;
      readonly message: string;
    }
  | { readonly kind: 'MinimumInvalid'; readonly message: string };

/**
 * Decides whether orders for an edition of `size` may be taken from `now` until `closesAt` (epoch milliseconds): 1 to
 * 14 days, and a minimum of 0 to `size` units.
 */
export function decideOpenDrop(input: {
  readonly now: number;
  readonly closesAt: number;
  readonly size: number;
  readonly minimumUnits: number;
}): DropAccepted | OpenDropRefusal {
  const { now, closesAt, size, minimumUnits } = input;
  const window = decideCommitWindow({ opensAt: now, closesAt, now });
  if (window.kind === 'CommitWindowInvalid') {
    const { message } = window;
    return {
      kind: 'CommitWindowInvalid',
      shortestDays: MIN_COMMIT_DAYS,
      longestDays: MAX_COMMIT_DAYS,
      message,
    };
  }
  if (!Number.isInteger(minimumUnits) || minimumUnits < 0 || minimumUnits > size) {
    const message = `The minimum is ${minimumUnits} units of an edition of ${size}. Choose 0 to ${size}.`;
    return { kind: 'MinimumInvalid', message };
  }
  return { kind: 'DropAccepted' };
}
