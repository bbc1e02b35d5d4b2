import { DAY_MS, type Window } from '@touchmark/calendar';

/** Nothing is booked further ahead. */
export const HORIZON_DAYS = 90;

const BLOCK_MS = 28 * DAY_MS;
const FIRST_INSTANT = 0;
const LAST_INSTANT = Date.UTC(9998, 0);

/**
 * The hours that can matter to a stretch: a changeover of a day may reach back over weeks of closed time, and the next
 * claim may stand as far ahead as one may book. In whole blocks, so that most requests share what was worked out.
 */
export function knownAround({ fromAt, toAt }: Window): Window {
  const first = Math.floor((fromAt - 42 * DAY_MS) / BLOCK_MS) * BLOCK_MS;
  const last = Math.ceil((toAt + (HORIZON_DAYS + 1) * DAY_MS) / BLOCK_MS) * BLOCK_MS;
  return within({ fromAt: first, toAt: last });
}

/** The stretch inside what a calendar can have; a request may name any instant. */
export function within({ fromAt, toAt }: Window): Window {
  const clamp = (at: number): number => Math.min(Math.max(at, FIRST_INSTANT), LAST_INSTANT);
  return { fromAt: clamp(fromAt), toAt: clamp(toAt) };
}
