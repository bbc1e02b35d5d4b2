import { InputRefused } from '../platform/graphql/index.js';

const LONGEST_REASON = 240;

/** Null for a reason that can be told to whom it concerns. */
export function refuseReason(reason: string): InputRefused | null {
  const { length } = reason.trim();
  if (length >= 1 && length <= LONGEST_REASON) return null;
  return new InputRefused(
    'reason',
    `reason has ${String(length)} characters; give 1 to ${String(LONGEST_REASON)}.`,
  );
}
